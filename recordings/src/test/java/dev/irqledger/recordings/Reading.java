package dev.irqledger.recordings;

import dev.irqledger.core.event.EventBody;
import java.util.ArrayList;
import java.util.List;

/** Everything that a whole recording gives. */
record Reading(List<Parsed> parsed) {
  static Reading of(RecordingFormat format, List<String> lines) {
    List<Parsed> parsed = new ArrayList<>();
    RecordingParser parser = format.newParser();
    long number = 0;
    for (String line : lines) {
      parser.line(++number, line, parsed::add);
    }
    parser.end(parsed::add);
    return new Reading(parsed);
  }

  static Reading of(RecordingFormat format, String text) {
    return of(format, text.lines().toList());
  }

  static Reading ofSample(RecordingFormat format, String sample) {
    return of(format, Samples.lines(sample));
  }

  List<Operation> operations() {
    return parsed.stream().filter(Operation.class::isInstance).map(Operation.class::cast).toList();
  }

  List<EventBody> bodies() {
    return operations().stream().map(Operation::body).toList();
  }

  List<BadLine> badLines() {
    return parsed.stream().filter(BadLine.class::isInstance).map(BadLine.class::cast).toList();
  }
}

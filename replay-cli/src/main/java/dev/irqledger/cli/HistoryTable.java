package dev.irqledger.cli;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.Change;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.Replayer;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** A history as text for people, one line an event. */
final class HistoryTable implements Replayer.Observer {
  private static final int MOST_CHANGES = 8;

  private final PrintWriter out;
  private final VectorFilter filter;
  private final boolean ofOneDevice;
  private boolean headed;

  /** The history of one device. */
  HistoryTable(PrintWriter out, VectorFilter filter) {
    this(out, filter, true);
  }

  /** The history of one device or of several, each line of which then names its device. */
  HistoryTable(PrintWriter out, VectorFilter filter, boolean ofOneDevice) {
    this.out = out;
    this.filter = filter;
    this.ofOneDevice = ofOneDevice;
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    if (!filter.concerns(folded)) {
      return;
    }
    if (!headed) {
      row("DEVICE", "AT", "LOG TIME", "WHO", "WHAT", "RESULT", "TOOK", "CHANGES");
      headed = true;
    }
    row(
        event.device().toString(),
        record.partition() + "@" + record.offset(),
        Instant.ofEpochMilli(record.logTimeMillis()),
        Words.who(event.actor()),
        Words.what(event.body()),
        Words.result(event.body()),
        Words.took(Words.latencyNanos(event.body())),
        folded.applied() ? changes(folded) : "not applied");
    for (Violation violation : folded.violations()) {
      out.println(
          "           "
              + violation.rule()
              + ": expected "
              + violation.expected()
              + "; reported "
              + violation.reported());
    }
  }

  private void row(String device, Object... cells) {
    if (!ofOneDevice) {
      out.print("%-22s ".formatted(device));
    }
    out.println("%-10s %-24s %-20s %-24s %-8s %9s  %s".formatted(cells).stripTrailing());
  }

  private String changes(Folded folded) {
    List<Change> changes = filter.changes(folded);
    String text =
        changes.stream().limit(MOST_CHANGES).map(Words::change).collect(Collectors.joining(" "));
    return changes.size() > MOST_CHANGES
        ? text + " and " + (changes.size() - MOST_CHANGES) + " more"
        : text;
  }
}

package dev.irqledger.web.chronicle;

import dev.irqledger.core.state.VectorCounts;
import java.util.ArrayList;
import java.util.List;

/** Sorts events into equal parts of time. Takes them in the order of the log. */
final class Bucketing {
  private final long from;
  private final long width;
  private final long to;
  private final int count;
  private final List<Timeline.Part> parts = new ArrayList<>();
  private VectorCounts held = VectorCounts.ZERO;
  private int events;
  private int findings;
  private int peak;
  private int peakArmed;

  Bucketing(long from, long to, int count) {
    this.from = from;
    this.to = to;
    this.count = count;
    this.width = Math.max(1, Math.ceilDiv(to - from + 1, count));
  }

  /** A device holds that before the first event. */
  void hold(VectorCounts counts) {
    held = held.plus(counts);
    raise();
  }

  void take(Entry entry) {
    VectorCounts difference = entry.row().counts().minus(entry.before());
    if (entry.time() < from) {
      held = held.plus(difference);
      peak = held.allocated();
      peakArmed = held.armed();
    } else if (entry.time() <= to) {
      endUpTo((int) ((entry.time() - from) / width));
      held = held.plus(difference);
      events++;
      findings += entry.notable() ? 1 : 0;
      raise();
    }
  }

  private void raise() {
    peak = Math.max(peak, held.allocated());
    peakArmed = Math.max(peakArmed, held.armed());
  }

  /** Ends the parts before that one. */
  private void endUpTo(int part) {
    while (parts.size() < Math.min(part, count)) {
      parts.add(
          new Timeline.Part(
              events, findings, held.armed(), held.cached(), held.reserved(), peak, peakArmed));
      events = 0;
      findings = 0;
      peak = held.allocated();
      peakArmed = held.armed();
    }
  }

  /** How long a part is, in milliseconds. */
  long width() {
    return width;
  }

  List<Timeline.Part> parts() {
    endUpTo(count);
    return parts;
  }
}

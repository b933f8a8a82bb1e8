package dev.irqledger.web;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.Replayer;
import java.util.ArrayList;
import java.util.List;

/** Keeps a page of the events that a replay of one device passes. */
final class EventWindow implements Replayer.Observer {
  private final long after;
  private final int most;
  private final List<PastEvent> events = new ArrayList<>();
  private boolean more;

  EventWindow(long after, int most) {
    this.after = after;
    this.most = most;
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    if (record.offset() <= after) {
      return;
    }
    if (events.size() == most) {
      more = true;
      return;
    }
    events.add(PastEvent.of(record, event, folded));
  }

  List<PastEvent> events() {
    return events;
  }

  boolean more() {
    return more;
  }
}

package dev.irqledger.web;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.Replayer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the last events that a replay of one device passes. */
final class TailWindow implements Replayer.Observer {
  private final int most;
  private final Deque<PastEvent> events = new ArrayDeque<>();

  TailWindow(int most) {
    this.most = most;
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    if (events.size() == most) {
      events.removeFirst();
    }
    events.add(PastEvent.of(record, event, folded));
  }

  List<PastEvent> events() {
    return List.copyOf(events);
  }
}

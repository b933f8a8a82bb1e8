package dev.irqledger.web;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.Change;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.wire.LogPosition;
import java.util.List;

/**
 * An event of a device's history, with what the fold made of it.
 *
 * @param position where it stands in the log
 * @param event the event
 * @param applied false where it left the state alone: a redelivery, a conflict, a stale epoch
 * @param changes what is other than before
 * @param violations the rules that it breaks
 */
public record PastEvent(
    LogPosition position,
    InterruptEvent event,
    boolean applied,
    List<Change> changes,
    List<Violation> violations) {
  public PastEvent {
    changes = List.copyOf(changes);
    violations = List.copyOf(violations);
  }

  /** What the fold made of an event. */
  public static PastEvent of(LogRecord record, InterruptEvent event, Folded folded) {
    return new PastEvent(
        record.position(), event, folded.applied(), folded.changes(), folded.violations());
  }
}

package dev.irqledger.core.fold;

import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import java.util.ArrayList;
import java.util.List;

/**
 * What an event adds to a device's history.
 *
 * @param state the device after it
 * @param before its interrupts before it
 * @param signals the eventfds that a loopback signalled
 * @param violations the rules that it breaks
 * @param applied false where it left the state alone: a redelivery, a conflict, a stale epoch, an
 *     event of somebody else
 */
public record Folded(
    DeviceState state,
    Interrupts before,
    List<Change.EventfdSignalled> signals,
    List<Violation> violations,
    boolean applied) {
  /** What is other than before. Computed when it is asked for: most folds are not looked at. */
  public List<Change> changes() {
    List<Change> changes = new ArrayList<>(Change.between(before, state.interrupts()));
    changes.addAll(signals);
    return changes;
  }
}

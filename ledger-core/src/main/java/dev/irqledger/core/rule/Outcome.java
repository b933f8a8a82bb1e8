package dev.irqledger.core.rule;

import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.DeviceState;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call does.
 *
 * @param before the device before it
 * @param state the device after it
 * @param result what the call returns: 0, a positive number, or a negated errno
 * @param signals the eventfds that it signals, in order
 */
public record Outcome(
    DeviceState before, DeviceState state, int result, List<Change.EventfdSignalled> signals) {

  /** What is other than before. */
  public List<Change> changes() {
    List<Change> changes = new ArrayList<>(Change.between(before.interrupts(), state.interrupts()));
    changes.addAll(signals);
    return List.copyOf(changes);
  }
}

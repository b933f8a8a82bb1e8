package dev.irqledger.core.fold;

import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.DeviceState;
import java.util.List;

/**
 * What an event adds to a device's history.
 *
 * @param state the device after it
 * @param changes what is other than before
 * @param violations the rules that it breaks
 * @param applied false where it left the state alone: a redelivery, a conflict, a stale epoch
 */
public record Folded(
    DeviceState state, List<Change> changes, List<Violation> violations, boolean applied) {}

package dev.irqledger.wire;

import dev.irqledger.core.state.DeviceState;

/**
 * A device's state and how much of the log is in it.
 *
 * @param state the state
 * @param position the last record that was folded
 */
public record FoldedState(DeviceState state, LogPosition position) {}

package dev.irqledger.web;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Profile.Openness;
import dev.irqledger.core.state.Tally;
import dev.irqledger.core.state.Uncertainty;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * A device's state without its vector map: small, so that all devices of a fleet can be kept.
 *
 * @param key which device
 * @param mode the mode in use
 * @param counts its vectors by phase
 * @param open whether it is open
 * @param generation which rules hold beyond the enabled range
 * @param uncertainty why the state is not certain; null where it is
 * @param tally what was counted on the way
 * @param epoch the epoch of its last event, 0 before the first
 * @param sequence the number of its last event in that epoch, 0 before the first
 * @param position the last record that was folded
 */
public record DeviceRow(
    DeviceKey key,
    InterruptMode mode,
    VectorCounts counts,
    Openness open,
    KernelGeneration generation,
    @Nullable Uncertainty uncertainty,
    Tally tally,
    long epoch,
    long sequence,
    LogPosition position) {

  /** What remains of a state when its vectors are only counted. */
  public static DeviceRow of(FoldedState folded) {
    DeviceState state = folded.state();
    return new DeviceRow(
        state.key(),
        state.interrupts().mode(),
        state.counts(),
        state.profile().open(),
        state.profile().generation(),
        state.uncertainty(),
        state.tally(),
        state.head().epoch(),
        state.head().sequence(),
        folded.position());
  }
}

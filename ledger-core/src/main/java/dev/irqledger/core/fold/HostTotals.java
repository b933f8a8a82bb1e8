package dev.irqledger.core.fold;

import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;

/**
 * What all devices of one host hold together, and the most they ever held. ARMED vectors hold CPU
 * vectors; all three phases hold irqs and interrupt-remapping entries.
 *
 * @param vectors how many vectors are in each phase
 * @param peakArmed the most that were ever armed at once
 * @param peakAllocated the most that ever held an irq at once
 */
public record HostTotals(VectorCounts vectors, int peakArmed, int peakAllocated) {
  public static final HostTotals ZERO = new HostTotals(VectorCounts.ZERO, 0, 0);

  /** The totals after one of the host's devices went from one state to another. */
  public HostTotals plus(DeviceState before, DeviceState after) {
    if (before.counts().equals(after.counts())) {
      return this;
    }
    VectorCounts now = vectors.minus(before.counts()).plus(after.counts());
    return new HostTotals(
        now, Math.max(peakArmed, now.armed()), Math.max(peakAllocated, now.allocated()));
  }
}

package dev.irqledger.replay.bisect;

import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;

/**
 * What devices add up to.
 *
 * @param vectors their vectors by phase
 * @param devices how many they are
 * @param violations the rules that were broken in their histories
 */
public record Sums(VectorCounts vectors, long devices, long violations) {
  public static final Sums ZERO = new Sums(VectorCounts.ZERO, 0, 0);

  static Sums of(DeviceState state) {
    return new Sums(state.counts(), 1, state.tally().violations());
  }

  Sums plus(Sums other) {
    return new Sums(
        vectors.plus(other.vectors), devices + other.devices, violations + other.violations);
  }

  Sums minus(Sums other) {
    return new Sums(
        vectors.minus(other.vectors), devices - other.devices, violations - other.violations);
  }
}

package dev.irqledger.cli.conform;

import java.util.ArrayList;
import java.util.List;

/**
 * What a recorded host had to give to the recorded device. A trace does not say it; its -ENOSPC and
 * positive results give it away.
 *
 * @param cpuVectors how many vectors could be armed at once
 * @param irtes how many irqs could be allocated at once
 */
record Capacity(int cpuVectors, int irtes) {
  static final int UNBOUNDED = Integer.MAX_VALUE;

  /** As long as nothing ran out, nothing is known of an end. */
  static final Capacity UNKNOWN = new Capacity(UNBOUNDED, UNBOUNDED);

  boolean known() {
    return !equals(UNKNOWN);
  }

  /**
   * The capacities that a failing call could have met.
   *
   * @param armed how many vectors were armed before it
   * @param allocated how many had an irq before it
   * @param count how many vectors it concerns
   */
  static List<Capacity> candidates(int armed, int allocated, int count) {
    List<Capacity> candidates = new ArrayList<>();
    for (int more = count; more >= 0; more--) {
      candidates.add(new Capacity(armed + more, UNBOUNDED));
    }
    for (int fewer = 1; fewer <= armed; fewer++) {
      candidates.add(new Capacity(armed - fewer, UNBOUNDED));
    }
    for (int more = count; more >= 0; more--) {
      candidates.add(new Capacity(UNBOUNDED, allocated + more));
    }
    return candidates;
  }

  @Override
  public String toString() {
    return cpuVectors == UNBOUNDED ? irtes + " irqs" : cpuVectors + " CPU vectors";
  }
}

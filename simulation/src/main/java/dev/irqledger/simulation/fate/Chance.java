package dev.irqledger.simulation.fate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What is left to chance in one step. Each step of a run has its own, so that to leave a step out
 * changes nothing of what the others draw.
 */
public final class Chance {
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

  private final SplittableRandom random;

  /**
   * @param step the step's number; -1 for what comes before the first
   */
  public Chance(long seed, long step) {
    this.random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ (step + 2) * STEP);
  }

  /** From 0 to {@code bound - 1}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** True once in so many times. */
  public boolean oneIn(int times) {
    return below(times) == 0;
  }

  public <T> T oneOf(List<T> all) {
    return all.get(below(all.size()));
  }

  public long bits() {
    return random.nextLong();
  }
}

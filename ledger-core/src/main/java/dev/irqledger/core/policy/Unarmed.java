package dev.irqledger.core.policy;

import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.VectorMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors of a device that keep an irq without a trigger, those that came to it at one time or
 * between two.
 *
 * @param vectors the first of them, rising, at most {@link Violation#MOST_VECTORS}
 * @param count how many there are
 * @param oldestMicros since when the oldest of them is so, by the host's clock in microseconds
 *     since 1970; {@link #NEVER} where there is none
 * @param youngestMicros since when the youngest of them is so; 0 where there is none
 */
public record Unarmed(List<Integer> vectors, int count, long oldestMicros, long youngestMicros) {
  /** Later than any time. */
  public static final long NEVER = Long.MAX_VALUE;

  public Unarmed {
    vectors = List.copyOf(vectors);
  }

  /**
   * Those without a trigger since later than one time and no later than another. A vector of which
   * nobody knows since when is none of them. Looks at every vector of the device.
   */
  public static Unarmed between(VectorMap all, long afterMicros, long toMicros) {
    List<Integer> vectors = new ArrayList<>();
    int[] count = {0};
    long[] oldest = {NEVER};
    long[] youngest = {0};
    all.forEach((vector, state) -> {
      long since = state.sinceMicros();
      if (!state.armed() && since > afterMicros && since <= toMicros) {
        count[0]++;
        oldest[0] = Math.min(oldest[0], since);
        youngest[0] = Math.max(youngest[0], since);
        if (vectors.size() < Violation.MOST_VECTORS) {
          vectors.add(vector);
        }
      }
    });
    return new Unarmed(vectors, count[0], oldest[0], youngest[0]);
  }

  /** All whose time is known. */
  public static Unarmed of(VectorMap all) {
    return between(all, 0, NEVER);
  }
}

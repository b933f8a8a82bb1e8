package dev.irqledger.core.policy;

import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which triggers of a device did not fire.
 *
 * @param counted whether anybody counts the interrupts of its host
 * @param sinceMicros since when a vector has not fired, by the host's clock in microseconds since
 *     1970; empty where nobody counts
 */
public record IdleTriggers(boolean counted, Map<Integer, Long> sinceMicros) {
  /** Nobody counts: a trigger's age is all that is known. */
  public static final IdleTriggers UNCOUNTED = new IdleTriggers(false, Map.of());

  public IdleTriggers {
    sinceMicros = Map.copyOf(sinceMicros);
  }

  /**
   * The armed vectors that can be spared first: those that did not fire for longest, and only such
   * ones where interrupts are counted; else those that have their trigger for longest.
   *
   * @param most at most so many
   */
  List<Integer> longest(VectorMap vectors, int most) {
    List<Candidate> candidates = new ArrayList<>();
    vectors.forEach((vector, state) -> {
      if (state.armed() && (!counted || sinceMicros.containsKey(vector))) {
        candidates.add(new Candidate(vector, since(vector, state)));
      }
    });
    return candidates.stream()
        .sorted(
            Comparator.comparingLong(Candidate::sinceMicros).thenComparingInt(Candidate::vector))
        .limit(most)
        .map(Candidate::vector)
        .toList();
  }

  private record Candidate(int vector, long sinceMicros) {}

  private long since(int vector, VectorState state) {
    return sinceMicros.getOrDefault(vector, state.sinceMicros());
  }
}

package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnarmedTest {
  /** Vectors 0 to 4, since 10, 20 and so on; vector 2 is armed. */
  private static final VectorMap VECTORS = vectors();

  private static VectorMap vectors() {
    VectorMap vectors = VectorMap.EMPTY;
    for (int v = 0; v < 5; v++) {
      Phase phase = v == 2 ? Phase.ARMED : Phase.CACHED;
      int trigger = v == 2 ? 7 : Eventfd.NONE;
      vectors = vectors.with(v, new VectorState(phase, 24 + v, trigger, false, 10L * (v + 1)));
    }
    return vectors;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0  | 9  |      | 9223372036854775807 | 0
          0  | 10 | 0    | 10                  | 10
          10 | 20 | 1    | 20                  | 20
          9  | 20 | 0 1  | 10                  | 20
          20 | 30 |      | 9223372036854775807 | 0
          10 | 50 | 1 3 4 | 20                 | 50
          """)
  void those_count_that_lost_their_trigger_after_the_first_time_and_up_to_the_second(
      long after, long to, String vectors, long oldest, long youngest) {
    List<Integer> expected =
        vectors == null
            ? List.of()
            : List.of(vectors.split(" ", -1)).stream().map(Integer::valueOf).toList();
    assertEquals(
        new Unarmed(expected, expected.size(), oldest, youngest),
        Unarmed.between(VECTORS, after, to));
  }

  @Test
  void of_many_some_are_listed_and_all_are_counted() {
    VectorMap many = VectorMap.EMPTY;
    for (int v = 0; v < 30; v++) {
      many = many.with(v, new VectorState(Phase.RESERVED, 24 + v, Eventfd.NONE, false, 5));
    }
    Unarmed unarmed = Unarmed.of(many);
    assertEquals(30, unarmed.count());
    assertEquals(16, unarmed.vectors().size());
  }
}

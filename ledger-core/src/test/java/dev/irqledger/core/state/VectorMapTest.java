package dev.irqledger.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.irqledger.core.device.Eventfd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorMapTest {
  private static final VectorState RESERVED =
      new VectorState(Phase.RESERVED, 24, Eventfd.NONE, false, 1);

  @ParameterizedTest
  @ValueSource(ints = {-1, 2048, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void a_vector_that_no_device_can_have_is_out_of_bounds(int vector) {
    assertThrows(IndexOutOfBoundsException.class, () -> VectorMap.EMPTY.with(vector, RESERVED));
  }

  @Test
  void what_changes_nothing_gives_the_same_map() {
    VectorMap map = VectorMap.EMPTY.with(7, RESERVED);
    assertSame(map, map.with(7, new VectorState(Phase.RESERVED, 24, Eventfd.NONE, false, 1)));
    assertSame(map, map.with(8, null));
    assertSame(VectorMap.EMPTY, map.with(7, null));
  }

  @Test
  void the_hash_goes_by_every_vector_and_the_text_names_them_in_order() {
    VectorMap two = VectorMap.EMPTY.with(7, RESERVED).with(300, RESERVED);
    int counts = two.counts().hashCode();
    int first = 31 * counts + 17 * 7 + RESERVED.hashCode();
    assertEquals(31 * first + 17 * 300 + RESERVED.hashCode(), two.hashCode());
    assertEquals("{7=" + RESERVED + ", 300=" + RESERVED + "}", two.toString());
    assertEquals("{}", VectorMap.EMPTY.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FREE     | -1
          FREE     | 5
          RESERVED | 5
          CACHED   | 5
          CACHED   | -2147483647
          ARMED    | -1
          ARMED    | -2
          """)
  void phase_and_trigger_do_not_contradict_each_other(Phase phase, int trigger) {
    assertThrows(
        IllegalArgumentException.class, () -> new VectorState(phase, 24, trigger, false, 0));
  }

  @Test
  void a_vector_that_stays_in_its_phase_is_there_since_before() {
    VectorState armed = RESERVED.armed(5, 20);
    assertEquals(20, armed.sinceMicros());
    assertEquals(20, armed.armed(6, 30).sinceMicros());
    assertEquals(40, armed.unarmed(Phase.CACHED, 40).sinceMicros());
    assertEquals(1, RESERVED.unarmed(Phase.RESERVED, 40).sinceMicros());
    assertEquals(20, armed.withIrq(99).sinceMicros());
  }
}

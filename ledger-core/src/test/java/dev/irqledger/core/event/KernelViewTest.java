package dev.irqledger.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.KernelView.Seen;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelViewTest {
  private static KernelView view(int from, int to, String vectors) {
    List<Seen> seen =
        vectors == null
            ? List.of()
            : Arrays.stream(vectors.split(" "))
                .map(vector -> new Seen(Integer.parseInt(vector), 24, false))
                .toList();
    return new KernelView(InterruptMode.MSIX, from, to, seen);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 2048", "2048, 2048", "3, 9", "8, 8"})
  void a_range_lies_within_the_vectors_that_a_device_can_have(int from, int to) {
    assertEquals(List.of(), view(from, to, null).allocated());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 3,    not a range of vectors: -1 to 2",
    "4, 3,     not a range of vectors: 4 to 2",
    "0, 2049,  not a range of vectors: 0 to 2048"
  })
  void another_is_none(int from, int to, String message) {
    IllegalArgumentException none =
        assertThrows(IllegalArgumentException.class, () -> view(from, to, null));
    assertEquals(message, none.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"2", "8", "3 3", "4 3"})
  void vectors_rise_within_the_range(String vectors) {
    assertThrows(IllegalArgumentException.class, () -> view(3, 8, vectors));
  }

  @Test
  void what_is_shown_of_a_vector_is_found_wherever_it_stands() {
    KernelView view = view(3, 14, "3 4 6 7 9 12 13");
    List<Integer> allocated = view.allocated().stream().map(Seen::vector).toList();
    for (int vector = 0; vector < 20; vector++) {
      Seen seen = view.seen(vector);
      assertEquals(allocated.contains(vector), seen != null, "vector " + vector);
      assertTrue(seen == null || seen.vector() == vector, "vector " + vector);
      assertEquals(vector >= 3 && vector < 14, view.covers(vector), "vector " + vector);
    }
  }
}

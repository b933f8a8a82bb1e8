package dev.irqledger.replay.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Property(tries = 300)
  void the_median_is_at_most_one_percent_too_low(
      @ForAll @Size(min = 1, max = 50)
          List<@LongRange(min = 1, max = 10_000_000_000L) Long> times) {
    Latencies latencies = new Latencies();
    times.forEach(nanos -> latencies.note(nanos, 1));
    long median = times.stream().sorted().toList().get((times.size() - 1) / 2);
    long found = latencies.medianNanos().orElseThrow();
    assertTrue(found <= median && found >= median - median / 100, found + " for " + median);
    assertEquals(times.stream().mapToLong(nanos -> nanos).sum(), latencies.sumNanos());
  }

  @Test
  void a_call_counts_for_each_of_its_irqs() {
    Latencies latencies = new Latencies();
    latencies.note(300, 3);
    latencies.note(1_000, 1);
    assertEquals(4, latencies.irqs());
    assertEquals(2, latencies.calls());
    assertEquals(OptionalLong.of(100), latencies.medianNanos());
  }

  @Test
  void what_nobody_measured_is_not_zero() {
    Latencies latencies = new Latencies();
    latencies.note(0, 3);
    assertEquals(OptionalLong.empty(), latencies.medianNanos());
    assertEquals(0, latencies.calls());
  }
}

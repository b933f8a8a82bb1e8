package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static SortedMap<String, Long> breach(String name, long limit) {
    return new TreeMap<>(Map.of(name, limit));
  }

  @Test
  void a_breach_is_open_until_it_ends() {
    assertEquals(true, Standing.CLEAN.clean());
    Standing open = Standing.CLEAN.with("armed", 4L);
    assertEquals(false, open.clean());
    assertEquals(Standing.CLEAN, open.with("armed", null));
    assertEquals(open, open.with("allocated", null));
  }

  @Test
  void one_that_goes_on_begins_once_and_anew_at_another_limit() {
    Standing open = Standing.CLEAN.with("armed", 4L);
    assertEquals(breach("armed", 4), Standing.CLEAN.begun(breach("armed", 4)));
    assertEquals(new TreeMap<>(), open.begun(breach("armed", 4)));
    assertEquals(breach("armed", 5), open.begun(breach("armed", 5)));
    assertEquals(breach("allocated", 4), open.begun(breach("allocated", 4)));
  }
}

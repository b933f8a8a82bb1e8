package dev.irqledger.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.irqledger.core.event.EventHash;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentHashesTest {
  private static EventHash hash(long n) {
    return new EventHash(n, 0, 0, 0);
  }

  @Test
  void the_oldest_is_forgotten_once_the_window_is_full() {
    RecentHashes recent = RecentHashes.NONE;
    for (int n = 1; n <= RecentHashes.WINDOW + 3; n++) {
      recent = recent.plus(hash(n));
      assertEquals(Math.min(n, RecentHashes.WINDOW), recent.size());
      for (int i = 1; i <= n; i++) {
        assertEquals(i > n - RecentHashes.WINDOW, recent.contains(hash(i)), i + " after " + n);
      }
      assertEquals("RecentHashes[" + recent.size() + "]", recent.toString());
    }
    assertArrayEquals(
        LongStream.iterate(RecentHashes.WINDOW + 3, n -> n - 1)
            .limit(RecentHashes.WINDOW)
            .toArray(),
        recent.toArray());
  }

  @Test
  void what_is_stored_is_the_same_again() {
    RecentHashes recent = RecentHashes.NONE.plus(hash(1)).plus(hash(2));
    RecentHashes stored = RecentHashes.of(recent.toArray());
    assertEquals(recent, stored);
    assertEquals(recent.hashCode(), stored.hashCode());
    assertNotEquals(recent, RecentHashes.of(1, 2));
    assertNotEquals(recent, RecentHashes.NONE);
    assertNotEquals(recent, (Object) "RecentHashes[2]");
    assertNotEquals(recent.hashCode(), RecentHashes.of(1, 2).hashCode());
    long[] tooMany = LongStream.range(0, RecentHashes.WINDOW + 1).toArray();
    assertEquals(RecentHashes.WINDOW, RecentHashes.of(tooMany).size());
  }
}

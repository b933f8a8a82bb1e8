package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {
  private final Random random = new Random(7);

  @Test
  void an_id_is_a_uuid_of_version_7_that_begins_with_the_time() {
    UUID id = new EventIds(() -> 0x0190_0000_1234L, random::nextLong).next();
    assertEquals(7, id.version());
    assertEquals(2, id.variant());
    assertEquals(0x0190_0000_1234L, id.getMostSignificantBits() >>> 16);
  }

  @Test
  void ids_rise_while_the_clock_stands_still() {
    assertRise(new EventIds(() -> 1000, random::nextLong));
  }

  @Test
  void ids_rise_when_the_clock_jumps_to_and_fro() {
    assertRise(new EventIds(() -> 1_000_000 + random.nextInt(2000), random::nextLong));
  }

  private static void assertRise(EventIds ids) {
    UUID last = ids.next();
    for (int i = 0; i < 20_000; i++) {
      UUID next = ids.next();
      assertTrue(last.toString().compareTo(next.toString()) < 0, last + " then " + next);
      last = next;
    }
  }

  @Test
  void what_is_imported_twice_has_the_same_ids() {
    byte[] digest = {1, 2, 3};
    assertEquals(EventIds.imported(digest, 5), EventIds.imported(digest, 5));
    assertNotEquals(EventIds.imported(digest, 5), EventIds.imported(digest, 6));
    assertNotEquals(EventIds.imported(digest, 5), EventIds.imported(new byte[] {1, 2, 4}, 5));
    assertEquals(8, EventIds.imported(digest, 5).version());
    assertEquals(2, EventIds.imported(digest, 5).variant());
  }

  @Test
  void imported_ids_are_the_same_for_good() {
    UUID known = UUID.fromString("2c34ce1d-f23b-838c-9abf-2a7f6437cca3");
    assertEquals(known, EventIds.imported(new byte[32], 0));
  }

  @Test
  void the_operations_of_an_import_have_different_ids() {
    Set<UUID> ids = new HashSet<>();
    for (long operation = 0; operation < 1000; operation++) {
      ids.add(EventIds.imported(new byte[32], operation));
    }
    assertEquals(1000, ids.size());
  }
}

package dev.irqledger.cli.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.SigningKey;
import dev.irqledger.wire.signature.VerifyingKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KeyChangeTest {
  private final VerifyingKey first = SigningKey.generate().verifying();
  private final VerifyingKey second = SigningKey.generate().verifying();

  private static Instant at(long ms) {
    return Instant.ofEpochMilli(ms);
  }

  @Test
  void a_key_is_changed_without_a_moment_in_which_none_counts() {
    HostKeys keys = KeyChange.enroll("hv-1", null, first, at(100));
    keys = KeyChange.require("hv-1", keys, at(150));
    keys = KeyChange.enroll("hv-1", keys, second, at(200));
    keys = KeyChange.revoke("hv-1", keys, first.id().substring(0, 8), at(300));
    Enrolment read = Enrolment.of(keys);
    assertEquals(List.of(), read.keysAt(99));
    assertEquals(List.of(first), read.keysAt(100));
    assertEquals(List.of(first, second), read.keysAt(299));
    assertEquals(List.of(second), read.keysAt(300));
    assertEquals(false, read.requiredAt(149));
    assertTrue(read.requiredAt(150));
  }

  @Test
  void what_was_required_stays_so_for_the_time_in_which_it_was() {
    HostKeys keys = KeyChange.require("*", null, at(100));
    keys = KeyChange.lift("*", keys, at(200));
    keys = KeyChange.require("*", keys, at(300));
    Enrolment read = Enrolment.of(keys);
    assertEquals(
        List.of(false, true, true, false, true),
        List.of(99L, 100L, 199L, 200L, 300L).stream().map(read::requiredAt).toList());
  }

  @Test
  void a_key_that_is_revoked_before_it_counts_never_does() {
    HostKeys keys = KeyChange.enroll("hv-1", null, first, at(500));
    keys = KeyChange.revoke("hv-1", keys, first.id(), at(100));
    Enrolment read = Enrolment.of(keys);
    assertEquals(List.of(), read.keysAt(499));
    assertEquals(List.of(), read.keysAt(500));
  }

  @Test
  void what_cannot_be_is_told() {
    HostKeys one = KeyChange.enroll("hv-1", null, first, at(100));
    refused("enrolled for hv-1 already", () -> KeyChange.enroll("hv-1", one, first, at(200)));
    refused("8 to 64 digits", () -> KeyChange.revoke("hv-1", one, "abc", at(200)));
    refused("has 0 keys", () -> KeyChange.revoke("hv-1", one, "0".repeat(64), at(200)));
    refused("has 0 keys", () -> KeyChange.revoke("hv-1", null, "01234567", at(200)));
    refused("not required", () -> KeyChange.lift("hv-1", one, at(200)));
    HostKeys required = KeyChange.require("hv-1", one, at(200));
    refused("already", () -> KeyChange.require("hv-1", required, at(300)));
  }

  @Test
  void a_host_has_a_bounded_number_of_keys() {
    HostKeys keys = null;
    for (int i = 0; i < Enrolment.MOST; i++) {
      keys = KeyChange.enroll("hv-1", keys, SigningKey.generate().verifying(), at(i));
    }
    HostKeys full = keys;
    refused("more than", () -> KeyChange.enroll("hv-1", full, first, at(200)));
  }

  private static void refused(String told, Supplier<HostKeys> change) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, change::get);
    assertTrue(String.valueOf(e.getMessage()).contains(told), e.getMessage());
  }
}

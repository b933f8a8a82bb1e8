package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventCodecTest {
  private final EventCodec codec = EventCodec.releasedOnly();
  private final InterruptEvent event = Examples.event(new CommandRefused("no"));

  @Test
  void the_hash_is_the_sha_256_of_the_value_bytes() throws Exception {
    SealedEvent sealed = codec.encode(event);
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(sealed.bytes());
    assertArrayEquals(expected, sealed.event().hash().toBytes());
  }

  @Test
  void the_hash_that_an_event_had_before_does_not_matter() {
    assertEquals(codec.encode(event), codec.encode(event.hashed(new EventHash(1, 2, 3, 4))));
  }

  @Test
  void values_begin_with_the_marker_and_the_fingerprint() {
    byte[] bytes = codec.encode(event).bytes();
    assertTrue(SingleObject.startsIn(bytes));
    assertEquals(WireSchema.INTERRUPT_EVENT.fingerprint(), SingleObject.fingerprint(bytes));
    assertEquals((byte) WireSchema.INTERRUPT_EVENT.fingerprint(), bytes[2]);
  }

  @Test
  void a_missing_value_is_undecodable() {
    assertEquals("there is no value", reason(null));
  }

  @Test
  void an_empty_value_is_undecodable() {
    assertTrue(reason(new byte[0]).startsWith("not a single-object encoding"));
  }

  @Test
  void an_unknown_fingerprint_is_undecodable() {
    byte[] bytes = codec.encode(event).bytes();
    Arrays.fill(bytes, 2, 10, (byte) 0x11);
    assertEquals("unknown schema 1111111111111111", reason(bytes));
  }

  @Test
  void a_record_of_another_kind_is_undecodable() {
    byte[] state = new DeviceStateCodec(SchemaCatalog.releasedOnly()).encode(Examples.state());
    assertEquals("a dev.irqledger.wire.avro.DeviceState, not a InterruptEvent", reason(state));
  }

  @Test
  void bytes_left_over_are_undecodable() {
    byte[] bytes = codec.encode(event).bytes();
    assertEquals(
        "3 bytes are left over at the end", reason(Arrays.copyOf(bytes, bytes.length + 3)));
  }

  @Test
  void an_address_that_is_none_is_undecodable() {
    assertTrue(reason(replaced("0000:01:00.0", "0000:01:00.9")).startsWith("not a PCI address"));
  }

  @Test
  void a_host_name_that_is_none_is_undecodable() {
    assertTrue(reason(replaced("rack1-node7", "rack1/node7")).startsWith("not a host name"));
  }

  @Test
  void a_symbol_that_the_enumeration_lacks_is_undecodable() {
    byte[] bytes = codec.encode(event).bytes();
    // The source follows the boot id, epoch 3, sequence 41, the hash and the flag.
    int source = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("4f10") + 4 + 2 + 32 + 1;
    assertEquals(0, bytes[source]);
    bytes[source] = 8;
    assertEquals("no such symbol of an enumeration: 4", reason(bytes));
  }

  @Test
  void a_long_reason_is_cut() {
    String reason = reason(replaced("rack1-node7.example", "?".repeat(19)));
    assertTrue(reason.length() <= Undecodable.LONGEST_REASON);
    assertEquals(300, new Undecodable<>("x".repeat(301)).reason().length());
  }

  @Test
  void a_value_that_the_broker_would_not_take_is_not_parsed() {
    assertEquals("too large: 1048577 bytes", reason(new byte[SingleObject.MOST_BYTES + 1]));
  }

  @Test
  void an_event_that_the_broker_would_not_take_is_not_encoded() {
    InterruptEvent large = Examples.event(new CommandRefused("x".repeat(SingleObject.MOST_BYTES)));
    assertThrows(IllegalArgumentException.class, () -> codec.encode(large));
    assertEquals(
        new Value<>(codec.encode(event).event()), codec.decode(codec.encode(event).bytes()));
  }

  @Test
  void a_small_value_that_claims_to_be_huge_takes_little_memory() {
    byte[] honest = codec.encode(Examples.events().get("interrupts-set")).bytes();
    // Each position is taken for a length of two thousand millions.
    for (int i = SingleObject.HEADER_BYTES; i < honest.length; i++) {
      byte[] lying = Arrays.copyOf(honest, honest.length + 4);
      System.arraycopy(new byte[] {-2, -1, -1, -1, 15}, 0, lying, i, Math.min(5, lying.length - i));
      long taken = Allocation.bytes(() -> codec.decode(lying));
      assertTrue(taken < 20_000, taken + " bytes for a length at " + i);
    }
  }

  @Test
  @Timeout(10)
  void a_list_in_hundreds_of_thousands_of_blocks_takes_no_square_of_time() {
    InterruptEvent none =
        Examples.event(
            new InterruptsSet(
                new SetIrqs(2, 0, 0, 36, new IrqSetData.Eventfds()), OptionalInt.of(0), 0, null));
    byte[] honest = codec.encode(none).bytes();
    // After the empty list: a result of 0, no latency, no view.
    int end = honest.length - 5;
    int blocks = 500_000;
    byte[] split = new byte[honest.length + 2 * blocks];
    System.arraycopy(honest, 0, split, 0, end);
    for (int i = 0; i < blocks; i++) {
      split[end + 2 * i] = 2;
      split[end + 2 * i + 1] = 1;
    }
    System.arraycopy(honest, end, split, end + 2 * blocks, 5);
    if (codec.decode(split) instanceof Value<InterruptEvent>(InterruptEvent event)
        && event.body() instanceof InterruptsSet set) {
      assertEquals(blocks, set.call().data().length());
    } else {
      fail("not decoded: " + codec.decode(split));
    }
  }

  @Test
  void equal_names_are_one_object_after_decoding() {
    byte[] bytes = codec.encode(event).bytes();
    if (codec.decode(bytes) instanceof Value<InterruptEvent>(InterruptEvent one)
        && codec.decode(bytes.clone()) instanceof Value<InterruptEvent>(InterruptEvent two)) {
      assertSame(one.device(), two.device());
      assertSame(one.bootId(), two.bootId());
    } else {
      fail("not decoded");
    }
  }

  @Test
  void another_event_has_another_hash() {
    assertNotEquals(
        codec.encode(event).event().hash(),
        codec.encode(Examples.event(new CommandRefused("yes"))).event().hash());
  }

  private byte[] replaced(String text, String by) {
    byte[] bytes = codec.encode(event).bytes();
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    System.arraycopy(by.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at, by.length());
    return bytes;
  }

  private String reason(byte[] bytes) {
    return switch (codec.decode(bytes)) {
      case Undecodable<InterruptEvent>(String reason) -> reason;
      case Value<InterruptEvent> value -> fail("decoded: " + value);
    };
  }
}

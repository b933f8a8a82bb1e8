package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What holds for all events, and for all bytes. */
class EventCodecProperties {
  private final EventCodec codec = EventCodec.releasedOnly();

  @Provide
  Arbitrary<InterruptEvent> events() {
    return AnyEvent.any();
  }

  @Property
  void what_was_encoded_is_decoded(@ForAll("events") InterruptEvent event) {
    SealedEvent sealed = codec.encode(event);
    assertEquals(new Value<>(sealed.event()), codec.decode(sealed.bytes()));
    assertEquals(event.hashed(sealed.event().hash()), sealed.event());
  }

  @Property
  void avros_own_reader_and_writer_agree_with_the_form(@ForAll("events") InterruptEvent event)
      throws Exception {
    byte[] bytes = codec.encode(event).bytes();
    assertArrayEquals(bytes, AvroItself.readAndWrittenAgain(WireSchema.INTERRUPT_EVENT, bytes));
  }

  @Property
  void resolution_to_another_schema_reads_the_same(@ForAll("events") InterruptEvent event) {
    SealedEvent sealed = codec.encode(event);
    Decoded<InterruptEvent> resolved =
        new RecordCodec<>(
                WireSchema.INTERRUPT_EVENT,
                AvroItself.alwaysResolving(WireSchema.INTERRUPT_EVENT, new EventForm()),
                SchemaCatalog.releasedOnly())
            .decode(sealed.bytes());
    assertEquals(new Value<>(event), resolved);
  }

  @Property
  void no_bytes_make_it_throw(@ForAll byte[] bytes) {
    assertNotNull(codec.decode(bytes));
  }

  @Property
  void no_bytes_after_a_valid_header_make_it_throw(@ForAll @Size(max = 400) byte[] rest) {
    byte[] header = SingleObject.header(WireSchema.INTERRUPT_EVENT.fingerprint());
    byte[] bytes = Arrays.copyOf(header, header.length + rest.length);
    System.arraycopy(rest, 0, bytes, header.length, rest.length);
    assertNotNull(codec.decode(bytes));
  }

  @Property(tries = 50)
  void no_flipped_bit_makes_it_throw_or_passes_for_the_same_event(
      @ForAll("events") InterruptEvent event) {
    SealedEvent sealed = codec.encode(event);
    byte[] bytes = sealed.bytes();
    for (int bit = 0; bit < 8 * Math.min(bytes.length, 500); bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Decoded<InterruptEvent> decoded = codec.decode(bytes);
      if (decoded instanceof Value<InterruptEvent>(InterruptEvent other)) {
        assertEquals(false, other.hash().equals(sealed.event().hash()));
      }
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Property(tries = 50)
  void whatever_is_cut_off_is_missed(@ForAll("events") InterruptEvent event) {
    byte[] bytes = codec.encode(event).bytes();
    for (int length = 0; length < bytes.length; length++) {
      assertInstanceOf(Undecodable.class, codec.decode(Arrays.copyOf(bytes, length)));
    }
  }
}

package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.rule.Violation;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.avro.Budget;
import dev.irqledger.wire.avro.Command;
import dev.irqledger.wire.avro.Quarantined;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class WireCodecTest {
  private final SchemaCatalog catalog = SchemaCatalog.releasedOnly();

  @Test
  void every_plain_record_comes_back_as_it_was() {
    for (Map.Entry<WireSchema, SpecificRecord> example : PlainExamples.all().entrySet()) {
      assertRoundTrip(example.getValue());
    }
  }

  private <T extends SpecificRecord> void assertRoundTrip(T example) {
    WireCodec<T> codec = codecOf(example);
    assertEquals(new Value<>(example), codec.decode(codec.encode(example)));
  }

  @SuppressWarnings("unchecked")
  private <T extends SpecificRecord> WireCodec<T> codecOf(T example) {
    return new WireCodec<>((Class<T>) example.getClass(), catalog);
  }

  @Test
  void every_prefix_is_undecodable_and_no_flipped_bit_makes_it_throw() {
    for (SpecificRecord example : PlainExamples.all().values()) {
      WireCodec<SpecificRecord> codec = codecOf(example);
      byte[] bytes = codec.encode(example);
      for (int length = 0; length < bytes.length; length++) {
        assertInstanceOf(Undecodable.class, codec.decode(Arrays.copyOf(bytes, length)));
      }
      for (int bit = 0; bit < 8 * bytes.length; bit++) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        assertNotNull(codec.decode(bytes));
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
  }

  @Test
  void a_part_of_a_record_is_no_record_of_the_wire() {
    assertThrows(IllegalArgumentException.class, () -> new WireCodec<>(Budget.class, catalog));
  }

  @Test
  void a_violation_comes_back_from_its_finding() {
    LogPosition position = new LogPosition(5, 77, 1_790_000_000_124L);
    var finding = Findings.of(PlainExamples.VIOLATION, position);
    assertEquals(new Value<>(PlainExamples.VIOLATION), Findings.violation(finding));
    assertEquals(position, Findings.position(finding));
  }

  @Test
  void a_finding_under_a_rule_of_later_times_is_undecodable() {
    var finding =
        dev.irqledger.wire.avro.Violation.newBuilder(
                Findings.of(PlainExamples.VIOLATION, LogPosition.START))
            .setRule("OF_LATER_TIMES")
            .build();
    assertInstanceOf(Undecodable.class, Findings.violation(finding));
  }

  @Test
  void a_finding_about_a_whole_host_is_no_violation_by_an_event() {
    var finding =
        dev.irqledger.wire.avro.Violation.newBuilder(
                Findings.of(PlainExamples.VIOLATION, LogPosition.START))
            .setDevice(null)
            .build();
    Decoded<Violation> none = Findings.violation(finding);
    assertEquals(new Undecodable<>("a finding about no event"), none);
  }

  @Test
  void the_largest_record_fits_in_quarantine() {
    byte[] value = new byte[SingleObject.MOST_BYTES];
    new Random(1).nextBytes(value);
    Quarantined quarantined = Quarantine.of("irq.events", 1, 2, "noise", value, value);
    WireCodec<Quarantined> codec = new WireCodec<>(Quarantined.class, catalog);
    assertEquals(new Value<>(quarantined), codec.decode(codec.encode(quarantined)));
    assertEquals(SingleObject.MOST_BYTES, quarantined.getValueLength());
  }

  @Test
  void a_small_record_that_claims_to_be_huge_takes_little_memory() {
    for (SpecificRecord example : PlainExamples.all().values()) {
      WireCodec<SpecificRecord> codec = codecOf(example);
      byte[] honest = codec.encode(example);
      for (int i = SingleObject.HEADER_BYTES; i < honest.length; i++) {
        byte[] lying = Arrays.copyOf(honest, honest.length + 5);
        System.arraycopy(new byte[] {-2, -1, -1, -1, 15}, 0, lying, i, 5);
        long taken = Allocation.bytes(() -> codec.decode(lying));
        assertTrue(taken < 20_000, taken + " bytes for a length at " + i);
      }
    }
  }

  @Test
  void a_command_of_arbitrary_bytes_never_throws() {
    Random random = new Random(42);
    WireCodec<Command> codec = new WireCodec<>(Command.class, catalog);
    byte[] header = SingleObject.header(WireSchema.COMMAND.fingerprint());
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[10 + random.nextInt(200)];
      random.nextBytes(bytes);
      System.arraycopy(header, 0, bytes, 0, header.length);
      assertNotNull(codec.decode(bytes));
    }
  }
}

package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.Command;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.Policy;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Every version ever released stays readable, byte by byte; the current one is what is written. */
class GoldenBytesTest {
  private final SchemaCatalog catalog = SchemaCatalog.releasedOnly();

  @Test
  void each_body_is_encoded_as_it_ever_was_and_decoded_to_the_same() {
    EventCodec codec = new EventCodec(catalog);
    for (Map.Entry<String, InterruptEvent> example : Examples.events().entrySet()) {
      byte[] golden = Golden.bytes(WireSchema.INTERRUPT_EVENT, 1, example.getKey());
      SealedEvent sealed = codec.encode(example.getValue());
      assertEquals(Golden.hex(golden), Golden.hex(sealed.bytes()), example.getKey());
      assertEquals(new Value<>(sealed.event()), codec.decode(golden));
    }
  }

  @Test
  void a_state_is_encoded_as_it_ever_was_and_decoded_to_the_same() {
    DeviceStateCodec codec = new DeviceStateCodec(catalog);
    byte[] golden = Golden.bytes(WireSchema.DEVICE_STATE, 2, "example");
    assertEquals(Golden.hex(golden), Golden.hex(codec.encode(Examples.state())));
    assertEquals(new Value<>(Examples.state()), codec.decode(golden));
  }

  @Test
  void a_state_of_version_1_has_no_past_uncertainty() {
    byte[] golden = Golden.bytes(WireSchema.DEVICE_STATE, 1, "example");
    assertEquals(
        new Value<>(Examples.stateOfVersion1()), new DeviceStateCodec(catalog).decode(golden));
  }

  @Test
  void each_plain_record_is_encoded_as_it_ever_was_and_decoded_to_the_same() {
    PlainExamples.all().forEach(this::assertGolden);
  }

  private <T extends SpecificRecord> void assertGolden(WireSchema schema, T example) {
    @SuppressWarnings("unchecked")
    WireCodec<T> codec = new WireCodec<>((Class<T>) example.getClass(), catalog);
    byte[] golden = Golden.bytes(schema, Golden.latest(schema), "example");
    assertEquals(Golden.hex(golden), Golden.hex(codec.encode(example)), schema.recordName());
    assertEquals(new Value<>(example), codec.decode(golden));
  }

  @Test
  void a_status_of_version_1_is_read_with_defaults_for_what_came_later() {
    WireCodec<AgentStatus> codec = new WireCodec<>(AgentStatus.class, catalog);
    byte[] golden = Golden.bytes(WireSchema.AGENT_STATUS, 1, "example");
    if (!(codec.decode(golden) instanceof Value<AgentStatus>(AgentStatus status))) {
      throw new AssertionError("undecodable");
    }
    assertEquals(
        Golden.hex(codec.encode(PlainExamples.statusOfVersion1())),
        Golden.hex(codec.encode(status)));
  }

  @Test
  void a_pressure_of_version_1_names_no_device_without_triggers() {
    WireCodec<HostPressure> codec = new WireCodec<>(HostPressure.class, catalog);
    byte[] golden = Golden.bytes(WireSchema.HOST_PRESSURE, 1, "example");
    assertEquals(new Value<>(PlainExamples.pressureOfVersion1()), codec.decode(golden));
  }

  @Test
  void a_pressure_of_version_2_counts_no_idle_triggers() {
    WireCodec<HostPressure> codec = new WireCodec<>(HostPressure.class, catalog);
    byte[] golden = Golden.bytes(WireSchema.HOST_PRESSURE, 2, "example");
    assertEquals(new Value<>(PlainExamples.pressureOfVersion2()), codec.decode(golden));
  }

  @Test
  void a_policy_of_version_1_enforces_nothing() {
    WireCodec<Policy> codec = new WireCodec<>(Policy.class, catalog);
    byte[] golden = Golden.bytes(WireSchema.POLICY, 1, "example");
    assertEquals(new Value<>(PlainExamples.policyOfVersion1()), codec.decode(golden));
  }

  @Test
  void a_command_of_version_1_expects_no_event() {
    WireCodec<Command> codec = new WireCodec<>(Command.class, catalog);
    byte[] golden = Golden.bytes(WireSchema.COMMAND, 1, "example");
    assertEquals(new Value<>(PlainExamples.commandOfVersion1()), codec.decode(golden));
  }
}

package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.Uncertainty;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Forms write a constant as its number: so both sides list the same, in the same order. */
class ConstantsTest {
  @Test
  void the_schemas_of_events_list_the_constants_of_the_core() {
    Schema event = WireSchema.INTERRUPT_EVENT.schema();
    assertLists(event.getField("source").schema(), Source.values());
    List<Schema> bodies = event.getField("body").schema().getTypes();
    assertLists(bodies.get(3).getField("cause").schema(), DeviceReleased.Cause.values());
    Schema view = bodies.get(4).getField("view").schema();
    assertLists(view.getField("mode").schema(), InterruptMode.values());
  }

  @Test
  void the_schema_of_states_lists_the_constants_of_the_core() {
    Schema state = WireSchema.DEVICE_STATE.schema();
    Schema profile = state.getField("profile").schema();
    assertLists(state.getField("mode").schema(), InterruptMode.values());
    assertLists(profile.getField("generation").schema(), KernelGeneration.values());
    assertLists(profile.getField("open").schema(), Profile.Openness.values());
    Schema uncertainty = state.getField("uncertainty").schema().getTypes().get(1);
    assertLists(uncertainty.getField("reason").schema(), Uncertainty.Reason.values());
    Schema vector = state.getField("vectors").schema().getElementType();
    assertEquals(
        List.of("RESERVED", "ARMED", "CACHED"), vector.getField("phase").schema().getEnumSymbols());
  }

  @Test
  void every_record_and_every_field_says_what_it_is() {
    for (WireSchema schema : WireSchema.values()) {
      assertDocumented(schema.schema());
    }
  }

  private static void assertLists(Schema schema, Enum<?>[] constants) {
    assertEquals(Arrays.stream(constants).map(Enum::name).toList(), schema.getEnumSymbols());
  }

  private static void assertDocumented(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        assertEquals(false, schema.getDoc() == null, schema.getName());
        for (Schema.Field field : schema.getFields()) {
          assertEquals(false, field.doc() == null, schema.getName() + "." + field.name());
          assertDocumented(field.schema());
        }
      }
      case ENUM, FIXED -> assertEquals(false, schema.getDoc() == null, schema.getName());
      case ARRAY -> assertDocumented(schema.getElementType());
      case UNION -> schema.getTypes().forEach(ConstantsTest::assertDocumented);
      default -> {
        // The field says what it is.
      }
    }
  }
}

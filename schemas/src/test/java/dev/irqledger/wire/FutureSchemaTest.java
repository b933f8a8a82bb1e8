package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/** Events by writers whose schema is newer than ours: made by Avro's generic writer. */
class FutureSchemaTest {
  private static final String JSON = SchemaText.withoutDocs(WireSchema.INTERRUPT_EVENT.schema());
  private static final String NEW_FIELD =
      "{\"name\":\"added\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"default\":[]}";

  private final InterruptEvent refused = Examples.events().get("command-refused");
  private final byte[] bytes = EventCodec.releasedOnly().encode(refused).bytes();

  @Test
  void fields_that_we_do_not_know_are_passed_over() throws Exception {
    Schema future =
        changed(
            "\"name\":\"reason\",\"type\":\"string\"",
            "\"name\":\"reason\",\"type\":\"string\"},{\"name\":\"code\",\"type\":\"int\",\"default\":0");
    GenericRecord event = readAs(future);
    ((GenericRecord) event.get("body")).put("code", 7);
    assertDecodes(future, event);
  }

  @Test
  void a_field_added_to_the_envelope_is_passed_over() throws Exception {
    Schema future = WireSchema.parse(JSON.substring(0, JSON.length() - 2) + "," + NEW_FIELD + "]}");
    GenericRecord event = readAs(future);
    event.put("added", List.of("a", "b"));
    assertDecodes(future, event);
  }

  @Test
  void a_body_that_we_do_not_know_is_undecodable_and_the_others_are_read() throws Exception {
    Schema future =
        changed(
            "\"name\":\"body\",\"type\":[",
            "\"name\":\"body\",\"type\":[{\"type\":\"record\",\"name\":\"DeviceMoved\","
                + "\"fields\":[{\"name\":\"to\",\"type\":\"string\"}]},");
    assertDecodes(future, readAs(future));
    GenericRecord moved = readAs(future);
    GenericRecord body =
        new GenericData.Record(future.getField("body").schema().getTypes().getFirst());
    body.put("to", "elsewhere");
    moved.put("body", body);
    assertInstanceOf(Undecodable.class, decode(future, moved));
  }

  @Test
  void a_symbol_that_we_do_not_know_is_undecodable_and_the_others_are_read() throws Exception {
    Schema future = changed("\"IMPORTED\"", "\"IMPORTED\",\"GUESSED\"");
    GenericRecord event = readAs(future);
    assertDecodes(future, event);
    event.put("source", new GenericData.EnumSymbol(future.getField("source").schema(), "GUESSED"));
    assertInstanceOf(Undecodable.class, decode(future, event));
  }

  @Test
  void a_schema_that_lacks_a_field_without_default_is_undecodable() throws Exception {
    Schema other = changed("{\"name\":\"epoch\",", "{\"name\":\"era\",");
    GenericRecord event = new GenericData.Record(other);
    for (Schema.Field field : other.getFields()) {
      GenericRecord own = readAs(WireSchema.INTERRUPT_EVENT.schema());
      event.put(field.name(), own.get(field.pos()));
    }
    assertInstanceOf(Undecodable.class, decode(other, event));
  }

  @Test
  void a_schema_with_its_fields_in_another_order_is_undecodable() throws Exception {
    String swapped =
        JSON.replace("\"name\":\"epoch\",", "\"name\":\"?\",")
            .replace("\"name\":\"sequence\",", "\"name\":\"epoch\",")
            .replace("\"name\":\"?\",", "\"name\":\"sequence\",");
    Schema other = WireSchema.parse(swapped);
    GenericRecord event = new GenericData.Record(other);
    for (Schema.Field field : other.getFields()) {
      event.put(field.name(), readAs(WireSchema.INTERRUPT_EVENT.schema()).get(field.pos()));
    }
    Decoded<InterruptEvent> decoded = decode(other, event);
    assertTrue(decoded.toString().contains("orders the fields of InterruptEvent otherwise"));
  }

  private static Schema changed(String text, String by) {
    assertTrue(JSON.contains(text), text);
    return WireSchema.parse(JSON.replace(text, by));
  }

  private GenericRecord readAs(Schema schema) throws IOException {
    int start = SingleObject.HEADER_BYTES;
    return (GenericRecord)
        new GenericDatumReader<>(WireSchema.INTERRUPT_EVENT.schema(), schema)
            .read(
                null, DecoderFactory.get().binaryDecoder(bytes, start, bytes.length - start, null));
  }

  private void assertDecodes(Schema future, GenericRecord event) throws IOException {
    if (decode(future, event) instanceof Value<InterruptEvent>(InterruptEvent decoded)) {
      assertEquals(refused.hashed(decoded.hash()), decoded);
    } else {
      throw new AssertionError(decode(future, event));
    }
  }

  private static Decoded<InterruptEvent> decode(Schema future, GenericRecord event)
      throws IOException {
    EventCodec codec = new EventCodec(new SchemaCatalog(_ -> future.toString()));
    return codec.decode(AvroItself.written(future, event));
  }
}

package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ReleasedSchemasTest {
  @Test
  void released_files_never_change() throws Exception {
    for (String line : WireSchema.resource(ReleasedSchemas.SUMS).lines().toList()) {
      String name = line.substring(66);
      byte[] text = ReleasedSchemas.text(name).getBytes(StandardCharsets.UTF_8);
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(text);
      assertEquals(line.substring(0, 64), HexFormat.of().formatHex(sum), name);
    }
  }

  @Test
  void every_record_has_its_versions_numbered_without_gaps() {
    for (WireSchema schema : WireSchema.values()) {
      int versions = released(schema).size();
      for (int version = 1; version <= versions; version++) {
        assertTrue(
            ReleasedSchemas.names().contains(schema.recordName() + "/v" + version + ".avsc"),
            schema.recordName() + " lacks version " + version);
      }
    }
  }

  @Test
  void what_this_program_writes_is_released() {
    for (WireSchema schema : WireSchema.values()) {
      List<Schema> released = released(schema);
      assertEquals(
          released.getLast(),
          schema.schema(),
          "copy src/main/avro/%s.avsc to released/%s/v%d.avsc, and add its line to SHA256SUMS"
              .formatted(schema.recordName(), schema.recordName(), released.size() + 1));
    }
  }

  @Test
  void what_was_ever_released_can_be_read() {
    for (WireSchema schema : WireSchema.values()) {
      assertEquals(List.of(), ReleaseCheck.breaches(schema.schema(), released(schema)));
    }
  }

  @Test
  void a_required_field_that_is_new_is_a_breach() {
    assertBreach("{\"name\":\"bootId\",", "{\"name\":\"boot\",");
  }

  @Test
  void a_field_of_another_type_is_a_breach() {
    assertBreach("{\"name\":\"pid\",\"type\":\"int\"}", "{\"name\":\"pid\",\"type\":\"string\"}");
  }

  @Test
  void a_body_that_is_gone_is_a_breach() {
    assertBreach(
        ",{\"type\":\"record\",\"name\":\"CommandRefused\",\"fields\":[{\"name\":\"reason\",\"type\":\"string\"}]}",
        "");
  }

  @Test
  void a_symbol_that_is_gone_is_a_breach() {
    assertBreach("\"OBSERVED_STATE\",", "");
  }

  @Test
  void a_field_before_others_is_a_breach() {
    assertBreach(
        "{\"name\":\"epoch\",",
        "{\"name\":\"era\",\"type\":\"int\",\"default\":0},{\"name\":\"epoch\",");
  }

  @Test
  void a_field_with_a_default_at_the_end_is_no_breach() {
    Schema more =
        changed(
            "{\"name\":\"reason\",\"type\":\"string\"}",
            "{\"name\":\"reason\",\"type\":\"string\"},{\"name\":\"code\",\"type\":\"int\",\"default\":0}");
    assertEquals(List.of(), ReleaseCheck.breaches(more, released(WireSchema.INTERRUPT_EVENT)));
  }

  private static void assertBreach(String text, String by) {
    List<String> breaches =
        ReleaseCheck.breaches(changed(text, by), released(WireSchema.INTERRUPT_EVENT));
    assertEquals(1, breaches.size(), breaches::toString);
  }

  /** The current event schema, without docs, with one text replaced. */
  private static Schema changed(String text, String by) {
    String json = SchemaText.withoutDocs(WireSchema.INTERRUPT_EVENT.schema());
    assertTrue(json.contains(text), json);
    return WireSchema.parse(json.replace(text, by));
  }

  private static List<Schema> released(WireSchema schema) {
    List<Schema> versions = new ArrayList<>();
    for (String name : ReleasedSchemas.names()) {
      if (name.startsWith(schema.recordName() + "/")) {
        versions.add(
            ReleasedSchemas.schema(schema.recordName() + "/v" + (versions.size() + 1) + ".avsc"));
      }
    }
    return versions;
  }
}

package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.irqledger.wire.Decoded.Undecodable;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class SchemaCatalogTest {
  private static final Schema FOREIGN =
      SchemaBuilder.record("Foreign").fields().requiredInt("n").endRecord();
  private static final long FINGERPRINT = Fingerprint.of(FOREIGN);

  private final List<Long> asked = new ArrayList<>();

  @Test
  void released_schemas_are_known_without_asking() {
    SchemaCatalog catalog = catalog(null);
    for (WireSchema schema : WireSchema.values()) {
      assertNotNull(catalog.findByFingerprint(schema.fingerprint()));
    }
    assertEquals(List.of(), asked);
  }

  @Test
  void a_fingerprint_is_asked_for_once_whatever_the_answer() {
    SchemaCatalog knows = catalog(FOREIGN.toString());
    assertEquals(FOREIGN, knows.findByFingerprint(FINGERPRINT));
    assertEquals(FOREIGN, knows.findByFingerprint(FINGERPRINT));
    SchemaCatalog knowsNot = catalog(null);
    assertNull(knowsNot.findByFingerprint(FINGERPRINT));
    assertNull(knowsNot.findByFingerprint(FINGERPRINT));
    assertEquals(List.of(FINGERPRINT, FINGERPRINT), asked);
  }

  @Test
  void what_is_remembered_of_unknown_fingerprints_is_bounded() {
    SchemaCatalog catalog = catalog(null);
    for (long fingerprint = 0; fingerprint <= SchemaCatalog.MOST_ANSWERS; fingerprint++) {
      catalog.findByFingerprint(fingerprint);
    }
    asked.clear();
    catalog.findByFingerprint(SchemaCatalog.MOST_ANSWERS);
    catalog.findByFingerprint(0);
    assertEquals(List.of(0L), asked);
  }

  @Test
  void a_text_that_is_no_schema_is_no_answer() {
    assertNull(catalog("{\"type\":").findByFingerprint(FINGERPRINT));
  }

  @Test
  void a_schema_with_another_fingerprint_is_no_answer() {
    assertNull(catalog(WireSchema.COMMAND.json()).findByFingerprint(FINGERPRINT));
  }

  @Test
  void a_source_that_cannot_tell_now_makes_no_record_undecodable() {
    boolean[] available = {false};
    SchemaCatalog catalog =
        new SchemaCatalog(_ -> {
          if (!available[0]) {
            throw new LookupUnavailable("no broker");
          }
          return null;
        });
    EventCodec codec = new EventCodec(catalog);
    byte[] bytes = SingleObject.header(FINGERPRINT);
    assertThrows(LookupUnavailable.class, () -> codec.decode(bytes));
    available[0] = true;
    assertInstanceOf(Undecodable.class, codec.decode(bytes));
  }

  private SchemaCatalog catalog(String answer) {
    return new SchemaCatalog(fingerprint -> {
      asked.add(fingerprint);
      return answer;
    });
  }
}

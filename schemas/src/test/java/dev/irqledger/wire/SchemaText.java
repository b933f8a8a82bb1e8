package dev.irqledger.wire;

import org.apache.avro.Schema;

/** Schemas as texts that tests cut and paste. */
final class SchemaText {
  private SchemaText() {}

  /** The JSON text on one line, without docs. */
  static String withoutDocs(Schema schema) {
    return schema.toString().replaceAll("\"doc\":\"[^\"]*\",?", "").replace(",}", "}");
  }
}

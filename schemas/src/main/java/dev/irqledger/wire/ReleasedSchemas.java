package dev.irqledger.wire;

import java.util.List;
import org.apache.avro.Schema;

/**
 * The schemas that were ever released, on the class path under {@code released/}: {@code
 * InterruptEvent/v1.avsc} and so on. The list of them, with a SHA-256 for each, is in the form that
 * {@code sha256sum --check} reads.
 */
final class ReleasedSchemas {
  static final String SUMS = "released/SHA256SUMS";

  private ReleasedSchemas() {}

  /** Paths below {@code released/}, as listed. */
  static List<String> names() {
    return WireSchema.resource(SUMS).lines().map(line -> line.substring(66)).toList();
  }

  static String text(String name) {
    return WireSchema.resource("released/" + name);
  }

  static Schema schema(String name) {
    return WireSchema.parse(text(name));
  }
}

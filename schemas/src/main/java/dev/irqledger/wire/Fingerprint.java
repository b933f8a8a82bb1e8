package dev.irqledger.wire;

import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The CRC-64-AVRO fingerprint of a schema, as a number and as the key of {@code irq.schemas}. */
public final class Fingerprint {
  private Fingerprint() {}

  /** Taken over what decides about the bytes: not over docs, defaults and logical types. */
  public static long of(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  /** 16 hexadecimal digits, the highest first. */
  public static String hex(long fingerprint) {
    return HexFormat.of().toHexDigits(fingerprint);
  }
}

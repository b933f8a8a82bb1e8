package dev.irqledger.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes that were written once: hexadecimal files beside the tests, in lines of 32 bytes. */
final class Golden {
  private Golden() {}

  /** The bytes of {@code golden/<record>/v<version>/<name>.hex}. */
  static byte[] bytes(WireSchema schema, int version, String name) {
    String path = "golden/" + schema.recordName() + "/v" + version + "/" + name + ".hex";
    try (InputStream in = Golden.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError("missing: " + path);
      }
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of a record's newest released version. */
  static int latest(WireSchema schema) {
    String prefix = schema.recordName() + "/";
    return Math.toIntExact(
        ReleasedSchemas.names().stream().filter(name -> name.startsWith(prefix)).count());
  }

  /** As the files have it. */
  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).replaceAll("(.{64})", "$1\n").strip() + "\n";
  }
}

package dev.irqledger.wire;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The texts and device keys met lately, so that a log in which few names recur in every event makes
 * no new ones. Two tables of fixed size, in which a newcomer takes the place of whatever has the
 * same slot. Confined to one thread.
 */
final class KnownNames {
  private static final int SLOTS = 1 << 12;

  /** Longer texts are sentences, not names. */
  private static final int LONGEST = 64;

  private final @Nullable Entry[] texts = new @Nullable Entry[SLOTS];
  private final @Nullable DeviceKey[] devices = new @Nullable DeviceKey[SLOTS];
  private final Utf8 scratch = new Utf8();

  /** A text with its encoded form. */
  private record Entry(Utf8 encoded, String text) {}

  /** Reads a text. */
  String text(Decoder in) throws IOException {
    Utf8 encoded = in.readString(scratch);
    if (encoded.getByteLength() > LONGEST) {
      return encoded.toString();
    }
    int slot = slot(encoded.hashCode());
    Entry known = texts[slot];
    if (known == null || !known.encoded.equals(encoded)) {
      known = new Entry(new Utf8(encoded), encoded.toString());
      texts[slot] = known;
    }
    return known.text;
  }

  /**
   * The key of that device.
   *
   * @throws IllegalArgumentException if host or address are none
   */
  DeviceKey device(String host, String bdf) {
    int slot = slot(host.hashCode() * 31 + bdf.hashCode());
    DeviceKey known = devices[slot];
    if (known == null || !known.bdf().text().equals(bdf) || !known.host().equals(host)) {
      known = new DeviceKey(host, new Bdf(bdf));
      devices[slot] = known;
    }
    return known;
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 16) & SLOTS - 1;
  }
}

package dev.irqledger.wire;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The texts and device keys met lately, so that a log in which few names recur in every event makes
 * no new ones. Tables of fixed size, in which a newcomer takes the place of whatever has the same
 * slot; a device has two slots to choose from. Confined to one thread.
 */
final class KnownNames {
  private static final int TEXTS = 1 << 12;

  /** A fleet of ten thousand devices is a usual one. */
  private static final int DEVICES = 1 << 16;

  /** Longer texts are sentences, not names. */
  private static final int LONGEST = 64;

  private final @Nullable Entry[] texts = new @Nullable Entry[TEXTS];
  private final @Nullable DeviceKey[] devices = new @Nullable DeviceKey[DEVICES];
  private final Utf8 scratch = new Utf8();

  /** A text with its encoded form. */
  private record Entry(Utf8 encoded, String text) {}

  /** Reads a text. */
  String text(Decoder in) throws IOException {
    Utf8 encoded = in.readString(scratch);
    if (encoded.getByteLength() > LONGEST) {
      return encoded.toString();
    }
    int slot = slot(encoded.hashCode(), TEXTS);
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
    int slot = slot(DeviceKey.hash(host, bdf), DEVICES);
    DeviceKey known = devices[slot];
    if (known != null && is(known, host, bdf)) {
      return known;
    }
    DeviceKey second = devices[slot ^ 1];
    if (second != null && is(second, host, bdf)) {
      return second;
    }
    DeviceKey met = new DeviceKey(host, new Bdf(bdf));
    devices[second == null ? slot ^ 1 : slot] = met;
    return met;
  }

  private static boolean is(DeviceKey key, String host, String bdf) {
    return key.bdf().text().equals(bdf) && key.host().equals(host);
  }

  private static int slot(int hash, int slots) {
    return (hash ^ hash >>> 16) & slots - 1;
  }
}

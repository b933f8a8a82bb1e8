package dev.irqledger.wire;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The texts and device keys met lately, so that a log in which few names recur in every event makes
 * no new ones. Tables of fixed size, in which each has two slots to choose from, and a newcomer
 * takes the place of whatever is there. Confined to one thread.
 */
final class KnownNames {
  /** Hosts, addresses, and as many virtual machines as devices. */
  private static final int TEXTS = 1 << 15;

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
    int slot = spread(encoded.hashCode());
    Entry known = texts[slot];
    if (known != null && known.encoded.equals(encoded)) {
      return known.text;
    }
    Entry second = texts[slot ^ 1];
    if (second != null && second.encoded.equals(encoded)) {
      return second.text;
    }
    Entry met = new Entry(new Utf8(encoded), encoded.toString());
    texts[second == null ? slot ^ 1 : slot] = met;
    return met.text;
  }

  /**
   * The key of that device.
   *
   * @throws IllegalArgumentException if host or address are none
   */
  DeviceKey device(String host, String bdf) {
    int hash = DeviceKey.hash(host, bdf);
    int slot = (hash ^ hash >>> 16) & (DEVICES - 1); // those of a host lie side by side
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

  /**
   * Spreads the hashes of texts that differ in a digit or two, which lie close together and would
   * share few slots (Fibonacci hashing, Knuth, The Art of Computer Programming, volume 3, 6.4).
   */
  private static int spread(int hash) {
    return (hash * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(TEXTS - 1);
  }
}

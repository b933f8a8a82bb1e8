package dev.irqledger.core.event;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A SHA-256 over an event's value bytes as published: the links of the chain. The core is handed
 * hashes, it never computes one.
 *
 * @param a the first eight bytes, big-endian; {@code b}, {@code c} and {@code d} the others
 */
public record EventHash(long a, long b, long c, long d) {
  /** How many bytes a hash has. */
  public static final int BYTES = 32;

  /** Before a device's first event, and of an event that is not encoded yet. */
  public static final EventHash NONE = new EventHash(0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException unless there are 32 bytes
   */
  public static EventHash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    ByteBuffer b = ByteBuffer.wrap(bytes);
    return new EventHash(b.getLong(), b.getLong(), b.getLong(), b.getLong());
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /** 64 hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(toBytes());
  }

  @Override
  public String toString() {
    return hex().substring(0, 12);
  }
}

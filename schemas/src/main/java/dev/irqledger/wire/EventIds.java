package dev.irqledger.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The ids of events. An agent's are UUIDs of version 7, each greater than the one before even when
 * the clock stands still or goes back (RFC 9562, section 6.2, method 1); imported ones are derived
 * from what was imported (version 8), so that importing again gives the same. Safe for use by many
 * threads.
 */
public final class EventIds {
  /** Twelve bits count within a millisecond; the highest starts as 0, to leave room. */
  private static final int COUNTER_LIMIT = 1 << 12;

  private static final long COUNTER_START_MASK = (1 << 11) - 1;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long RANDOM_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

  private final LongSupplier clockMs;
  private final LongSupplier random;
  private long lastMs = -1;
  private long counter;

  /**
   * @param clockMs milliseconds since 1970
   * @param random 64 random bits a call
   */
  public EventIds(LongSupplier clockMs, LongSupplier random) {
    this.clockMs = clockMs;
    this.random = random;
  }

  /** An id greater than all before it. */
  public synchronized UUID next() {
    long now = clockMs.getAsLong();
    if (now > lastMs) {
      begin(now);
    } else if (++counter == COUNTER_LIMIT) {
      begin(lastMs + 1);
    }
    return new UUID(
        (lastMs << 16) | 0x7000L | counter, (random.getAsLong() & RANDOM_MASK) | VARIANT);
  }

  private void begin(long ms) {
    lastMs = ms;
    counter = random.getAsLong() & COUNTER_START_MASK;
  }

  /**
   * The id of one operation of an imported recording.
   *
   * @param fileDigest a digest of the recording's content
   * @param operationNumber which operation of it
   */
  public static UUID imported(byte[] fileDigest, long operationNumber) {
    MessageDigest sha256 = EventCodec.newSha256();
    sha256.update(fileDigest);
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, operationNumber));
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest());
    long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    return new UUID(high, (hash.getLong() & RANDOM_MASK) | VARIANT);
  }
}

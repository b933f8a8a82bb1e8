package dev.irqledger.wire;

import dev.irqledger.wire.avro.Quarantined;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Makes the records of {@code irq.quarantine}, always small enough for the log. */
public final class Quarantine {
  /** How many bytes of a key are kept. */
  public static final int KEY_BYTES = 4096;

  /** How many bytes of a value are kept. */
  public static final int VALUE_BYTES = 1 << 19;

  private Quarantine() {}

  /** The record that could not be decoded for that reason. */
  public static Quarantined of(
      String topic,
      int partition,
      long offset,
      String reason,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    return Quarantined.newBuilder()
        .setTopic(topic)
        .setPartition(partition)
        .setOffset(offset)
        .setReason(reason)
        .setKey(first(key, KEY_BYTES))
        .setKeyLength(key == null ? -1 : key.length)
        .setValue(first(value, VALUE_BYTES))
        .setValueLength(value == null ? -1 : value.length)
        .build();
  }

  private static @Nullable ByteBuffer first(byte @Nullable [] bytes, int most) {
    return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(most, bytes.length)).slice();
  }
}

package dev.irqledger.replay;

import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.signature.EventSigner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log as it is stored.
 *
 * @param partition its partition
 * @param offset its offset in that partition
 * @param logTimeMillis the broker's append time, in milliseconds since 1970
 * @param key its key's bytes; null where it has none
 * @param value its value's bytes; null where it has none
 * @param headers its headers, in order
 */
@SuppressWarnings("ArrayRecordComponent") // handed through once, never compared
public record LogRecord(
    int partition,
    long offset,
    long logTimeMillis,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers) {
  /**
   * A header of a record.
   *
   * @param value null where it has none
   */
  public record Header(String key, byte @Nullable [] value) {}

  /** A record without headers. */
  public LogRecord(
      int partition,
      long offset,
      long logTimeMillis,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    this(partition, offset, logTimeMillis, key, value, List.of());
  }

  /** The signature of its value, as the last header says that holds one; null where none does. */
  public byte @Nullable [] signature() {
    for (Header header : headers.reversed()) {
      if (header.key().equals(EventSigner.HEADER)) {
        return header.value();
      }
    }
    return null;
  }

  public LogPosition position() {
    return new LogPosition(partition, offset, logTimeMillis);
  }
}

package dev.irqledger.wire;

import dev.irqledger.core.event.InterruptEvent;
import java.util.Arrays;

/**
 * An event and the bytes that are published for it. The bytes are not copied, for the sake of
 * speed: nobody changes them.
 *
 * @param event the event, with the hash of the bytes
 * @param bytes its single-object encoding
 */
@SuppressWarnings("ArrayRecordComponent")
public record SealedEvent(InterruptEvent event, byte[] bytes) {
  /** The record's key in the log. */
  public String key() {
    return event.device().toString();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SealedEvent other
        && event.equals(other.event)
        && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return event.hashCode();
  }

  @Override
  public String toString() {
    return "SealedEvent[" + event + ", " + bytes.length + " bytes]";
  }
}

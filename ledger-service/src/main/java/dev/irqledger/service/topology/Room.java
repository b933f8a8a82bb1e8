package dev.irqledger.service.topology;

import dev.irqledger.wire.SingleObject;

/** What still goes into a record of the log. */
final class Room {
  /**
   * The most bytes of a value. Brokers and producers count key and framing too ({@code
   * message.max.bytes}, {@code max.request.size}): a state that they refuse would stop the stream
   * for good, while an event that makes one can be set aside.
   */
  static final int MOST_BYTES = SingleObject.MOST_BYTES - 8192;

  private Room() {}

  static boolean holds(byte[] value) {
    return value.length <= MOST_BYTES;
  }
}

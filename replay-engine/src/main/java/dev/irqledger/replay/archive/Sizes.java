package dev.irqledger.replay.archive;

import dev.irqledger.replay.LogRecord;

/** How large things are before they are packed. */
final class Sizes {
  /** Offset, time and lengths. */
  private static final int FRAME_BYTES = 16;

  private Sizes() {}

  static int of(LogRecord record) {
    byte[] key = record.key();
    byte[] value = record.value();
    int bytes = FRAME_BYTES + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    for (LogRecord.Header header : record.headers()) {
      byte[] of = header.value();
      bytes += header.key().length() + (of == null ? 0 : of.length);
    }
    return bytes;
  }
}

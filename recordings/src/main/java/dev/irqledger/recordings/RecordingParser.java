package dev.irqledger.recordings;

import java.util.function.Consumer;

/**
 * Reads a recording line by line, so that it serves a file as well as a live stream. A parser holds
 * the state of one recording and belongs to one thread. It throws on no input: what it cannot read
 * comes out as a {@link BadLine}. A recording of which the sink sees no {@link Operation} is empty.
 */
public interface RecordingParser {
  /** A longer line is reported without being read, to bound the work and the memory it takes. */
  int MAX_LINE_CHARS = 4 << 20;

  /**
   * Reads one line.
   *
   * @param number its number, counted from 1
   * @param text the line without its end-of-line characters
   * @param sink takes what the line, or an earlier one that waited for it, gives
   */
  void line(long number, String text, Consumer<? super Parsed> sink);

  /** Tells that there are no more lines: whatever waits for another one comes out now. */
  void end(Consumer<? super Parsed> sink);
}

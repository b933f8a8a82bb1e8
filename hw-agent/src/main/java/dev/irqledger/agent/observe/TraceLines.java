package dev.irqledger.agent.observe;

import dev.irqledger.recordings.RecordingParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Puts lines together from pieces of text that end anywhere. */
final class TraceLines {
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  /**
   * Takes the next piece.
   *
   * @param lines takes each line that the piece ends, without its end-of-line character
   */
  void take(byte[] piece, int length, Consumer<String> lines) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (piece[i] == '\n') {
        begin(piece, from, i);
        lines.accept(begun.toString(StandardCharsets.UTF_8));
        begun.reset();
        from = i + 1;
      }
    }
    begin(piece, from, length);
  }

  /** What lies far beyond any line's length is not kept; the line is unreadable then anyway. */
  private void begin(byte[] piece, int from, int to) {
    if (begun.size() <= RecordingParser.MAX_LINE_CHARS) {
      begun.write(piece, from, to - from);
    }
  }
}

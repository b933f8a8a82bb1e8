package dev.irqledger.recordings;

import java.util.function.Consumer;

/**
 * Reads a kernel trace as it stands: the header, the steps with everything they say, and the lines
 * that cannot be read. For whoever compares a model with the kernel after each operation; {@link
 * KernelTraceParser} makes events of the same steps. Another header begins another trace. Belongs
 * to one thread and throws on no input.
 */
public final class KernelTraceReader {
  private boolean headed;

  /**
   * Reads one line; a blank one says nothing.
   *
   * @param number its number, counted from 1
   * @param text the line without its end-of-line characters
   * @param sink takes what it is
   */
  public void line(long number, String text, Consumer<? super TraceEntry> sink) {
    if (text.length() > RecordingParser.MAX_LINE_CHARS) {
      sink.accept(BadLine.tooLong(number, text));
    } else if (!text.isBlank()) {
      sink.accept(entry(number, text));
    }
  }

  private TraceEntry entry(long number, String text) {
    try {
      TraceEntry entry = TraceJson.entry(number, text);
      if (entry instanceof TraceStep && !headed) {
        return new BadLine(number, text, "an operation before the trace's header line");
      }
      headed = true;
      return entry;
    } catch (MalformedLineException e) {
      return new BadLine(number, text, e.reason());
    }
  }
}

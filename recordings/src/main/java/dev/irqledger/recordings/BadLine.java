package dev.irqledger.recordings;

/**
 * A line that could not be read. Parsing goes on behind it.
 *
 * @param line its number, counted from 1
 * @param text how it begins: at most {@link #MAX_TEXT} characters
 * @param reason what is wrong with it, in plain words
 */
public record BadLine(long line, String text, String reason) implements Parsed, TraceEntry {
  /** How much of the line is kept, in characters. */
  public static final int MAX_TEXT = 80;

  public BadLine {
    text = PrintableText.of(shortened(text));
    reason = PrintableText.of(reason);
  }

  static BadLine tooLong(long line, String text) {
    return new BadLine(
        line,
        text,
        "longer than "
            + RecordingParser.MAX_LINE_CHARS
            + " characters ("
            + text.length()
            + "); not read");
  }

  /** The text itself where it is short, else its beginning and an ellipsis. */
  static String shortened(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = MAX_TEXT - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}

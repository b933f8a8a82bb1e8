package dev.irqledger.recordings;

import java.util.regex.Pattern;

/** Text of unknown origin, made safe to show on a terminal and on one line. */
public final class PrintableText {
  /** Control and format characters: escapes, line ends, changes of the writing direction. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

  private PrintableText() {}

  /** What a terminal would take for a command, or for another line, becomes a question mark. */
  public static String of(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }

  /** True where {@link #of} would change nothing. */
  public static boolean is(String text) {
    return !UNPRINTABLE.matcher(text).find();
  }

  /**
   * The same, cut to a length.
   *
   * @param most how many characters it may have; the last of a text that was cut is an ellipsis
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return of(text);
    }
    int end = most - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return of(text.substring(0, end)) + "…";
  }
}

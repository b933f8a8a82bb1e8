package dev.irqledger.system;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Commands in a document, each with what it printed.
 *
 * <p>They stand in blocks between fences, each after a {@code $} and a blank. A line that says
 * {@code ...} alone stands for any number of lines. Log times are those of whoever runs the
 * command: any will do.
 *
 * @param command the line after the {@code $}
 * @param printed what follows it
 */
record Transcript(String command, List<String> printed) {
  private static final String FENCE = "```";
  private static final String PROMPT = "$ irq-ledger ";
  private static final String LEFT_OUT = "...";

  /**
   * Times at which documents are written and tests run: later than all samples. Blanks that fill a
   * column belong to it.
   */
  private static final Pattern LOG_TIME =
      Pattern.compile("20(2[7-9]|[3-9]\\d|26-11-2[3-9]|26-11-30|26-12)[-\\d]*T[:.\\d]+Z *");

  /** All transcripts of a document, in order. */
  static List<Transcript> in(List<String> document) {
    List<Transcript> found = new ArrayList<>();
    boolean inside = false;
    boolean printing = false;
    for (String line : document) {
      if (line.startsWith(FENCE)) {
        inside = !inside;
        printing = false;
      } else if (inside && line.startsWith(PROMPT)) {
        found.add(new Transcript(line.substring(PROMPT.length()), new ArrayList<>()));
        printing = true;
      } else if (printing) {
        found.getLast().printed.add(line);
      }
    }
    return found;
  }

  /** Whether a run printed this, but for log times and what is left out. */
  boolean agreesWith(String output) {
    String expected =
        printed.stream()
            .map(line -> line.equals(LEFT_OUT) ? "(?:.*\n)*" : Pattern.quote(timeless(line)) + "\n")
            .collect(Collectors.joining());
    return Pattern.matches(expected, timeless(output));
  }

  private static String timeless(String text) {
    return LOG_TIME.matcher(text).replaceAll("LOG-TIME");
  }
}

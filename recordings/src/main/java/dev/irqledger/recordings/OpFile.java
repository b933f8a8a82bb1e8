package dev.irqledger.recordings;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of operations in a file: one a line in the form of {@link OpScript}. Blank lines, and
 * lines that begin with {@code #}, say nothing.
 *
 * @param entries the operations in their order
 * @param errors the lines that are none, each with what was expected
 */
public record OpFile(List<Entry> entries, List<BadLine> errors) {

  /**
   * One operation.
   *
   * @param line its line, counted from 1
   * @param op what to do
   */
  public record Entry(long line, Op op) {}

  public OpFile {
    entries = List.copyOf(entries);
    errors = List.copyOf(errors);
  }

  /** Reads all lines, the good and the bad. */
  public static OpFile parse(List<String> lines) {
    List<Entry> entries = new ArrayList<>();
    List<BadLine> errors = new ArrayList<>();
    long number = 0;
    for (String line : lines) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      if (text.length() > RecordingParser.MAX_LINE_CHARS) {
        errors.add(BadLine.tooLong(number, text));
        continue;
      }
      try {
        entries.add(new Entry(number, OpScript.read(text)));
      } catch (MalformedLineException e) {
        errors.add(new BadLine(number, text, e.reason()));
      }
    }
    return new OpFile(entries, errors);
  }
}

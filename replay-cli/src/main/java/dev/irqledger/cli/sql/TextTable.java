package dev.irqledger.cli.sql;

import dev.irqledger.recordings.PrintableText;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer for people: the columns are as wide as the first rows need. Numbers stand to the right;
 * what is null is a dash.
 */
final class TextTable {
  /** Rows that are held back until the widths are known. */
  private static final int FIRST = 500;

  private final ResultSet rows;
  private final PrintWriter out;
  private final List<String> names;
  private final int[] widths;
  private final boolean[] numbers;
  private final boolean[] texts;
  private final List<String[]> held = new ArrayList<>();

  TextTable(ResultSet rows, PrintWriter out) throws SQLException {
    this.rows = rows;
    this.out = out;
    names = Columns.of(rows.getMetaData());
    widths = names.stream().mapToInt(name -> PrintableText.of(name).length()).toArray();
    numbers = new boolean[names.size()];
    texts = new boolean[names.size()];
  }

  /** Prints all rows, and gives their number; ends where nobody reads any more. */
  long print() throws SQLException {
    long count = 0;
    while (rows.next() && !out.checkError()) {
      count++;
      String[] cells = cells(count <= FIRST);
      if (count <= FIRST) {
        held.add(cells);
      } else {
        if (count == FIRST + 1) {
          printHeld();
        }
        printRow(cells);
      }
    }
    if (count <= FIRST) {
      printHeld();
    }
    return count;
  }

  private String[] cells(boolean measured) throws SQLException {
    String[] cells = new String[names.size()];
    for (int i = 0; i < cells.length; i++) {
      @Nullable Object value = rows.getObject(i + 1);
      cells[i] = PrintableText.of(text(value, rows, i + 1));
      if (measured) {
        widths[i] = Math.max(widths[i], cells[i].length());
        numbers[i] |= value instanceof Number;
        texts[i] |= value != null && !(value instanceof Number);
      }
    }
    return cells;
  }

  private static String text(@Nullable Object value, ResultSet row, int column)
      throws SQLException {
    return switch (value) {
      case null -> "-";
      case OffsetDateTime time -> time.toInstant().toString();
      case Timestamp time -> time.toLocalDateTime().toString();
      case Double number when Double.isFinite(number) -> shortened(number);
      case Array list -> list((Object[]) list.getArray());
      default -> row.getString(column);
    };
  }

  /** Six digits: more than what is measured here has. */
  private static String shortened(double number) {
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(6)).stripTrailingZeros();
    return Math.abs(rounded.scale()) > 12 ? rounded.toString() : rounded.toPlainString();
  }

  private static String list(Object[] values) {
    return Arrays.stream(values).map(String::valueOf).collect(Collectors.joining(" "));
  }

  private void printHeld() {
    printRow(names.stream().map(PrintableText::of).toArray(String[]::new));
    held.forEach(this::printRow);
    held.clear();
  }

  private void printRow(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(Math.max(0, widths[i] - cells[i].length()));
      line.append(i == 0 ? "" : "  ");
      line.append(numbers[i] && !texts[i] ? padding + cells[i] : cells[i] + padding);
    }
    out.println(line.toString().stripTrailing());
  }
}

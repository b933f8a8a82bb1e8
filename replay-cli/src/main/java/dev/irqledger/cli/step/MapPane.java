package dev.irqledger.cli.step;

import dev.irqledger.cli.VectorMapText;
import dev.irqledger.cli.Words;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import picocli.CommandLine.Help.Ansi;

/** The vector map, with the chosen vector marked. */
final class MapPane {
  /** What stands before the first vector of a row. */
  private static final int MARGIN = 7;

  /** How many columns the longest row takes. */
  static final int WIDEST = MARGIN + 64;

  private MapPane() {}

  /** How many vectors a row has in so many columns. */
  static int perRow(int width) {
    if (width >= WIDEST) {
      return 64;
    }
    return width >= MARGIN + 32 ? 32 : 16;
  }

  /** How many columns the map takes, if it has so many at most. */
  static int width(int most) {
    return MARGIN + perRow(most);
  }

  /** The map in so many lines, those around the chosen vector where there are not enough. */
  static List<AttributedString> lines(View view, int width, int height, Ansi ansi) {
    VectorMap vectors = view.step().folded().state().interrupts().vectors();
    List<AttributedString> rows = new ArrayList<>();
    int chosen = 0;
    int perRow = perRow(width);
    for (String row : VectorMapText.rows(vectors, ansi, perRow)) {
      AttributedString text = AttributedString.fromAnsi(row);
      int column = view.vector() - Integer.parseInt(text.toString().substring(0, 5).strip());
      if (column >= 0) {
        chosen = rows.size();
      }
      rows.add(column >= 0 && column < perRow ? marked(text, MARGIN + column) : text);
    }
    Pane below = new Pane(width);
    below.add(AttributedStyle.DEFAULT.faint(), VectorMapText.LEGEND);
    below.add("vector " + view.vector() + ": " + state(view));
    int room = Math.max(1, height - below.size());
    int first = Math.clamp(chosen - room / 2L, 0, Math.max(0, rows.size() - room));
    Pane pane = new Pane(width);
    if (rows.isEmpty()) {
      pane.add("no vector is in use");
    }
    rows.subList(first, Math.min(rows.size(), first + room)).forEach(pane::add);
    pane.addAll(below);
    return pane.fit(Math.min(height, pane.size()));
  }

  private static AttributedString marked(AttributedString row, int column) {
    AttributedStringBuilder marked = new AttributedStringBuilder();
    marked.append(">").append(row.subSequence(1, column));
    marked.style(row.styleAt(column).inverse()).append(row.charAt(column));
    marked.style(AttributedStyle.DEFAULT).append(row.subSequence(column + 1, row.length()));
    return marked.toAttributedString();
  }

  private static String state(View view) {
    VectorState state = view.step().after(view.vector());
    return Words.vector(state)
        + (state == null || state.sinceMicros() == 0
            ? ""
            : ", since " + Words.hostTime(state.sinceMicros()));
  }
}

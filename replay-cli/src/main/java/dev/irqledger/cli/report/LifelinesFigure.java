package dev.irqledger.cli.report;

import dev.irqledger.core.state.Phase;
import dev.irqledger.replay.timeline.Lifelines.Span;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/** The phases of a device's vectors over time, a row each; told apart by colour and height. */
record LifelinesFigure(Scale scale, String device, List<Span> spans) {
  private static final int ROW = 12;
  private static final int LEFT = 44;

  /** So many vectors are drawn. */
  static final int MOST_ROWS = 128;

  void write(Html html) throws XMLStreamException {
    SortedMap<Integer, Integer> rows = rows();
    html.element(
        "svg",
        List.of(
            "viewBox", "0 0 " + (LEFT + Scale.WIDTH) + " " + (rows.size() * ROW + 4),
            "role", "img",
            "aria-label", "the phases of " + rows.size() + " vectors of " + device),
        () -> {
          for (var row : rows.entrySet()) {
            String y = Integer.toString(row.getValue() * ROW + 10);
            html.text("text", Integer.toString(row.getKey()), "x", "4", "y", y);
          }
          for (Span span : spans) {
            Integer row = rows.get(span.vector());
            if (row != null) {
              bar(html, span, row);
            }
          }
        });
  }

  private SortedMap<Integer, Integer> rows() {
    SortedMap<Integer, Integer> rows = new TreeMap<>();
    spans.stream()
        .map(Span::vector)
        .distinct()
        .sorted()
        .limit(MOST_ROWS)
        .forEach(vector -> rows.put(vector, rows.size()));
    return rows;
  }

  private void bar(Html html, Span span, int row) throws XMLStreamException {
    int height = height(span.phase());
    double from = scale.x(span.fromMillis());
    double width = Math.max(0.5, scale.x(span.toMillis()) - from);
    html.element(
        "rect",
        List.of(
            "class", span.phase().name(),
            "x", Scale.number(LEFT + from),
            "y", Scale.number(row * ROW + 2 + (ROW - 4 - height) / 2.0),
            "width", Scale.number(width),
            "height", Integer.toString(height)),
        () -> html.text("title", title(span)));
  }

  private static String title(Span span) {
    return "vector "
        + span.vector()
        + " "
        + span.phase()
        + " from "
        + Instant.ofEpochMilli(span.fromMillis())
        + " to "
        + Instant.ofEpochMilli(span.toMillis());
  }

  private static int height(Phase phase) {
    return switch (phase) {
      case ARMED -> ROW - 4;
      case CACHED -> ROW - 8;
      case RESERVED -> 2;
      case FREE -> 0;
    };
  }
}

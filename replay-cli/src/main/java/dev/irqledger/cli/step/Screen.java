package dev.irqledger.cli.step;

import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.recordings.PrintableText;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import picocli.CommandLine.Help.Ansi;

/**
 * The lines of the screen, for what there is to show and the size there is.
 *
 * @param ansi whether there are colours
 */
public record Screen(Ansi ansi) {
  private static final String KEYS =
      "n/p next/back  v/V vector's change  !/1 violation  j/k/Tab vector  g/G ends  : goto  h help"
          + "  q quit";
  private static final String FEW_KEYS = "n/p v/V !/1 j/k g/G :goto h help q quit";
  private static final String BETWEEN = " │ ";

  /** The narrowest that an event beside a map may be. */
  private static final int EVENT = 46;

  /** The narrowest map that is worth its place beside an event. */
  private static final int MAP = MapPane.width(7 + 32);

  /** As many lines as the screen is high, none longer than it is wide. */
  List<AttributedString> lines(View view, int width, int height) {
    List<AttributedString> lines = new ArrayList<>();
    int body = Math.max(0, height - 3);
    lines.add(new AttributedString(title(view), AttributedStyle.BOLD));
    lines.addAll(view.help() ? help(width).fit(body) : body(view, width, body));
    lines.add(new AttributedString(padded(status(view), width), AttributedStyle.INVERSE));
    lines.add(new AttributedString(lastLine(view, width)));
    return lines.stream()
        .map(line -> line.columnSubSequence(0, width))
        .skip(Math.max(0, lines.size() - height))
        .toList();
  }

  private static String title(View view) {
    DeviceState state = view.step().folded().state();
    VectorCounts counts = state.counts();
    return "%s  mode %s  armed %d  cached %d  reserved %d  violations %d%s"
        .formatted(
            view.device(),
            state.interrupts().mode().label(),
            counts.armed(),
            counts.cached(),
            counts.reserved(),
            state.tally().violations(),
            state.uncertain() ? "  UNCERTAIN" : "");
  }

  private static String status(View view) {
    String position =
        "event %d of %d  %d@%d  vector %d"
            .formatted(
                view.step().index() + 1,
                view.count(),
                view.step().record().partition(),
                view.step().record().offset(),
                view.vector());
    return view.message().isEmpty()
        ? position
        : PrintableText.of(view.message()) + "  |  " + position;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - new AttributedString(text).columnLength()));
  }

  /** The end of what is typed is seen, however long it is. */
  private static String lastLine(View view, int width) {
    if (view.text() == null) {
      return KEYS.length() <= width ? KEYS : FEW_KEYS;
    }
    String text = ":" + PrintableText.of(view.text()) + "_";
    return text.length() <= width ? text : ":..." + text.substring(text.length() - width + 4);
  }

  private static Pane help(int width) {
    Pane pane = new Pane(width);
    for (Key key : Key.values()) {
      if (!key.label().isEmpty()) {
        pane.add("%-9s %s".formatted(key.label(), key.words()));
      }
    }
    return pane;
  }

  private List<AttributedString> body(View view, int width, int height) {
    boolean coloured = ansi.enabled();
    int map = MapPane.width(width - BETWEEN.length() - EVENT);
    if (width < MAP + BETWEEN.length() + EVENT) {
      return stacked(view, width, height, coloured);
    }
    List<AttributedString> left = MapPane.lines(view, map, height, ansi);
    Pane event = EventPane.of(view, width - map - BETWEEN.length(), coloured);
    List<AttributedString> right = event.fit(height);
    List<AttributedString> lines = new ArrayList<>();
    for (int i = 0; i < height; i++) {
      AttributedString beside = i < left.size() ? left.get(i) : AttributedString.EMPTY;
      lines.add(
          new AttributedStringBuilder()
              .append(beside)
              .append(" ".repeat(map - beside.columnLength()))
              .append(BETWEEN)
              .append(right.get(i))
              .toAttributedString());
    }
    return lines;
  }

  private List<AttributedString> stacked(View view, int width, int height, boolean coloured) {
    List<AttributedString> lines =
        new ArrayList<>(MapPane.lines(view, width, Math.max(3, height / 2), ansi));
    lines.addAll(EventPane.of(view, width, coloured).fit(Math.max(0, height - lines.size())));
    return lines;
  }
}

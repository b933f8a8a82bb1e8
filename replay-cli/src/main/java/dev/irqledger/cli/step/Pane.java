package dev.irqledger.cli.step;

import dev.irqledger.recordings.PrintableText;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** A part of the screen: lines that are broken between words where they would be too long. */
final class Pane {
  private final int width;
  private final List<AttributedString> lines = new ArrayList<>();

  /**
   * @param width how many columns it has, at least 10
   */
  Pane(int width) {
    this.width = width;
  }

  void add(String text) {
    add(AttributedStyle.DEFAULT, text);
  }

  /** Adds a text; what does not fit on its line goes on beneath, two columns further in. */
  void add(AttributedStyle style, String text) {
    String rest = PrintableText.of(text);
    int indent = rest.length() - rest.stripLeading().length();
    String further = " ".repeat(Math.min(indent + 2, width / 3));
    AttributedString line = new AttributedString(rest, style);
    while (line.columnLength() > width) {
      String fits = line.columnSubSequence(0, width).toString();
      int blank = fits.lastIndexOf(' ');
      int end = blank > further.length() + width / 3 ? blank : Math.max(fits.length(), 1);
      lines.add(new AttributedString(rest.substring(0, end), style));
      rest = further + rest.substring(end).stripLeading();
      line = new AttributedString(rest, style);
    }
    lines.add(line);
  }

  /** Adds a line that has its styles already. */
  void add(AttributedString line) {
    lines.add(line.columnSubSequence(0, width));
  }

  /** Adds the lines of another one, no wider than this one. */
  void addAll(Pane pane) {
    lines.addAll(pane.lines);
  }

  /** So many lines: blank ones where there are fewer, the last telling of more where there are. */
  List<AttributedString> fit(int height) {
    List<AttributedString> fitted =
        new ArrayList<>(lines.subList(0, Math.min(height, lines.size())));
    if (lines.size() > height && height > 0) {
      fitted.set(
          height - 1,
          new AttributedString(
              "... " + (lines.size() - height + 1) + " more lines",
              AttributedStyle.DEFAULT.faint()));
    }
    while (fitted.size() < height) {
      fitted.add(AttributedString.EMPTY);
    }
    return fitted;
  }

  int size() {
    return lines.size();
  }
}

package dev.irqledger.cli.report;

import java.util.Locale;

/**
 * From log times to places in a figure.
 *
 * @param first at the left edge, milliseconds since 1970
 * @param last at the right edge
 */
record Scale(long first, long last) {
  /** How wide a figure is, in its own units. */
  static final int WIDTH = 1000;

  double x(long millis) {
    return last <= first ? WIDTH : (double) (millis - first) * WIDTH / (last - first);
  }

  /** A place as SVG takes it. */
  static String number(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }
}

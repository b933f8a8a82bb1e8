package dev.irqledger.cli.report;

import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.replay.timeline.Series.Sample;
import java.util.List;
import java.util.function.ToIntFunction;
import javax.xml.stream.XMLStreamException;

/**
 * What a host's devices held over time: armed vectors, which hold CPU vectors, and irqs, which hold
 * remapping entries.
 */
record PoolFigure(Scale scale, String host, List<Sample> samples) {
  private static final int HEIGHT = 180;
  private static final int TOP = 16;

  void write(Html html) throws XMLStreamException {
    int most = samples.stream().mapToInt(s -> s.held().allocated()).max().orElse(0);
    html.element(
        "svg",
        List.of(
            "viewBox", "0 0 " + Scale.WIDTH + " " + HEIGHT,
            "role", "img",
            "aria-label", "what the devices of " + host + " held, at most " + most + " irqs"),
        () -> {
          html.empty(
              "line",
              "x1",
              "0",
              "x2",
              "1000",
              "y1",
              y(most, most),
              "y2",
              y(most, most),
              "class",
              "axis");
          html.text("text", Integer.toString(most), "x", "4", "y", "12");
          line(html, most, "irqs", VectorCounts::allocated);
          line(html, most, "vectors", VectorCounts::armed);
        });
  }

  private static String y(int value, int most) {
    double height = HEIGHT - TOP - 2.0;
    return Scale.number(HEIGHT - 2 - (most == 0 ? 0 : value * height / most));
  }

  /** Steps: what was held stayed so until the next change. */
  private void line(Html html, int most, String kind, ToIntFunction<VectorCounts> of)
      throws XMLStreamException {
    StringBuilder path = new StringBuilder();
    for (Sample sample : samples) {
      String x = Scale.number(scale.x(sample.logTimeMillis()));
      String y = y(of.applyAsInt(sample.held()), most);
      path.append(path.isEmpty() ? "M" + x + " " + y : "H" + x + "V" + y);
    }
    html.empty(
        "path", "class", "line " + kind, "d", path.append("H").append(Scale.WIDTH).toString());
  }
}

package dev.irqledger.benchmarks;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** A comparison by size, as an SVG file. */
final class Plot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;

  private Plot() {}

  /**
   * Draws the medians over their sizes, which are on a logarithmic axis.
   *
   * @param sizes the sizes of the comparison's rows, in their order
   */
  static void write(Path file, Comparison comparison, String sizeName, List<Integer> sizes)
      throws IOException {
    System.setProperty("java.awt.headless", "true");
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(comparison.title())
            .xAxisTitle(sizeName)
            .yAxisTitle(comparison.unit())
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    List<Double> medians = comparison.rows().stream().map(Comparison.Row::median).toList();
    chart.addSeries("median", sizes, medians);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
  }
}

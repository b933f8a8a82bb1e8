package dev.irqledger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics that {@code docs/operations/metrics.md} lists.
 *
 * @param names those that are named
 * @param families the beginnings of those that are named by them alone, such as {@code jvm_}
 */
record MetricNames(Set<String> names, Set<String> families) {
  private static final Pattern ROW = Pattern.compile("^\\| `([a-z_0-9]+)(\\*?)`");

  static MetricNames documented() throws IOException {
    Set<String> names = new TreeSet<>();
    Set<String> families = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "operations", "metrics.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.find()) {
        (row.group(2).isEmpty() ? names : families).add(row.group(1));
      }
    }
    return new MetricNames(names, families);
  }

  boolean cover(String metric) {
    return names.contains(metric) || families.stream().anyMatch(metric::startsWith);
  }
}

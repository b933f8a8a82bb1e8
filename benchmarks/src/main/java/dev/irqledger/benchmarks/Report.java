package dev.irqledger.benchmarks;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a benchmark found: its settings, the machine, and comparisons; as tables and as JSON. */
public final class Report {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final String benchmark;
  private final Machine machine;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Report(String benchmark, Machine machine) {
    this.benchmark = benchmark;
    this.machine = machine;
  }

  void setting(String name, String value) {
    settings.put(name, value);
  }

  public void add(Comparison comparison) {
    comparisons.add(comparison);
  }

  /** A sentence that belongs to the figures. */
  public void note(String text) {
    notes.add(text);
  }

  /** The tables, one after the other. */
  void print(PrintWriter out) {
    out.printf("%s %s%n%s%n", benchmark, settings, machine);
    for (Comparison comparison : comparisons) {
      out.println();
      print(comparison, out);
    }
    notes.forEach(note -> out.printf("%n%s%n", note));
    out.flush();
  }

  private static void print(Comparison comparison, PrintWriter out) {
    List<Comparison.Row> rows = comparison.rows();
    int width =
        Math.max(
            comparison.title().length(),
            rows.stream().mapToInt(row -> row.name().length()).max().orElse(0));
    String head = "%-" + width + "s %14s";
    out.printf(head, comparison.title(), comparison.unit());
    comparison.baselines().forEach(baseline -> out.printf("  of %s", baseline));
    out.printf("  rounds%n");
    for (Comparison.Row row : rows) {
      out.printf(head, row.name(), number(row.median()));
      row.of()
          .forEach((baseline, ratio) ->
              out.printf("  %" + (3 + baseline.length()) + "s", number(ratio)));
      out.printf("  %s%n", String.join(" ", row.rounds().stream().map(Report::number).toList()));
    }
  }

  /** In so few digits that it is no longer than it is sure. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return format.formatted(value);
  }

  String json() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("benchmark", benchmark);
    all.put("machine", machine);
    all.put("settings", settings);
    all.put("comparisons", comparisons.stream().map(Report::json).toList());
    all.put("notes", notes);
    return JSON.writeValueAsString(all) + "\n";
  }

  private static Map<String, Object> json(Comparison comparison) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("title", comparison.title());
    all.put("unit", comparison.unit());
    all.put("rows", comparison.rows());
    return all;
  }
}

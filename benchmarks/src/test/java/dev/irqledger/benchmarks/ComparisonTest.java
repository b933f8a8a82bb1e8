package dev.irqledger.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static Comparison slowMachineInTheSecondRound() {
    Comparison rates = new Comparison("read", "events/s", "plain");
    rates.add("ours", 50);
    rates.add("plain", 100);
    rates.add("ours", 6);
    rates.add("plain", 10);
    rates.add("ours", 70);
    rates.add("plain", 100);
    return rates;
  }

  @Test
  void a_ratio_is_the_median_of_the_ratios_within_the_rounds() {
    Comparison.Row ours = slowMachineInTheSecondRound().rows().getFirst();
    assertEquals(50, ours.median());
    assertEquals(Map.of("plain", 0.6), ours.of());
  }

  @Test
  void rounds_go_forth_and_back_and_those_before_the_first_do_not_count() throws Exception {
    List<String> order = new ArrayList<>();
    SequencedMap<String, Callable<Double>> contestants = new LinkedHashMap<>();
    for (String name : List.of("a", "b")) {
      contestants.put(
          name,
          () -> {
            order.add(name);
            return (double) order.size();
          });
    }
    Comparison comparison = new Comparison("t", "s", "a");
    comparison.measure(1, 2, _ -> {}, contestants);
    assertEquals(List.of("b", "a", "a", "b", "b", "a"), order);
    assertEquals(List.of(3.0, 6.0), comparison.rows().getFirst().rounds());
  }

  @Test
  void a_report_is_a_table_and_the_same_as_json() throws Exception {
    Report report = new Report("replay-rate", Machine.here());
    report.setting("--events", "100");
    report.add(slowMachineInTheSecondRound());
    StringWriter table = new StringWriter();
    report.print(new PrintWriter(table));
    assertTrue(
        table.toString().contains("ours            50.0      0.60  50.0 6.00 70.0"),
        table::toString);
    JsonNode row = new JsonMapper().readTree(report.json()).at("/comparisons/0/rows/0");
    assertEquals("ours", row.get("name").asText());
    assertEquals(0.6, row.at("/of/plain").asDouble());
    assertEquals(3, row.get("rounds").size());
  }
}

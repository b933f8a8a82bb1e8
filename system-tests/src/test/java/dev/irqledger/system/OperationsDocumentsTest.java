package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alerts, run book, dashboard and the list of metrics belong together. */
class OperationsDocumentsTest {
  private static final Path FOLDER = Path.of("..", "docs", "operations");

  /** Prometheus' own; whatever else looks like a metric's name must be one that we tell. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up");

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:up|[a-z]+(?:_[a-z0-9]+)+)\\b(?=\\s*(?:[\\[{)=!<>*/+-]|$))");

  /** Texts, label sets and lists of labels: no names of metrics stand there. */
  private static final Pattern LABELS =
      Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\b(?:by|without|on|ignoring)\\s*\\([^)]*\\)");

  private static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }

  private static List<JsonNode> alerts() throws IOException {
    JsonNode rules = new YAMLMapper().readTree(text("alerts.yml"));
    List<JsonNode> alerts = new ArrayList<>();
    rules.get("groups").forEach(group -> group.get("rules").forEach(alerts::add));
    assertFalse(alerts.isEmpty());
    return alerts;
  }

  private static Set<String> metrics(String expression) {
    Set<String> metrics = new TreeSet<>();
    Matcher found = METRIC.matcher(LABELS.matcher(expression).replaceAll(""));
    while (found.find()) {
      metrics.add(found.group());
    }
    return metrics;
  }

  private static void assertDocumented(Set<String> used) throws IOException {
    assertFalse(used.isEmpty());
    Set<String> unknown = new TreeSet<>(used);
    unknown.removeAll(OF_PROMETHEUS);
    unknown.removeAll(MetricNames.documented().names());
    assertEquals(Set.of(), unknown);
  }

  @Test
  void every_alert_has_a_section_in_the_run_book_and_every_section_an_alert() throws IOException {
    Set<String> named = new TreeSet<>();
    for (JsonNode alert : alerts()) {
      String name = alert.get("alert").asText();
      named.add(name);
      assertEquals(
          "docs/operations/runbook.md#" + name.toLowerCase(Locale.ROOT),
          alert.at("/annotations/runbook").asText());
      assertTrue(Set.of("warning", "critical").contains(alert.at("/labels/severity").asText()));
      assertFalse(alert.at("/annotations/summary").asText().isBlank());
    }
    Set<String> sections = new TreeSet<>();
    for (String section : text("runbook.md").split("(?m)^## ", -1)) {
      String name = section.lines().findFirst().orElse("");
      if (!name.startsWith("#")) {
        sections.add(name);
        for (String part : List.of("**Means.**", "**Look at.**", "**Do.**")) {
          assertTrue(section.contains(part), () -> name + " lacks " + part);
        }
      }
    }
    assertEquals(named, sections);
  }

  @Test
  void every_metric_of_an_alert_is_documented() throws IOException {
    for (JsonNode alert : alerts()) {
      assertDocumented(metrics(alert.get("expr").asText()));
    }
  }

  @Test
  void every_metric_of_the_dashboard_is_documented_and_every_panel_has_one() throws IOException {
    JsonNode panels = new ObjectMapper().readTree(text("dashboard.json")).get("panels");
    assertFalse(panels.isEmpty());
    for (JsonNode panel : panels) {
      assertFalse(panel.get("targets").isEmpty());
      for (JsonNode target : panel.get("targets")) {
        assertDocumented(metrics(target.get("expr").asText()));
      }
    }
  }

  @Test
  void every_metric_of_the_run_book_is_documented() throws IOException {
    MetricNames documented = MetricNames.documented();
    Matcher named = Pattern.compile("`([a-z]+_[a-z0-9_]+)`").matcher(text("runbook.md"));
    Set<String> unknown = new TreeSet<>();
    while (named.find()) {
      unknown.add(named.group(1));
    }
    unknown.removeAll(documented.names());
    assertEquals(Set.of(), unknown);
  }

  @Test
  void names_are_found_in_expressions_and_functions_labels_and_texts_are_not() {
    assertEquals(
        Set.of("a_b", "c_d_e", "up"),
        metrics("sum by (x_y) (rate(a_b{l_m=\"n_o\"}[5m])) / c_d_e > 0 and up{} == 1"));
  }
}

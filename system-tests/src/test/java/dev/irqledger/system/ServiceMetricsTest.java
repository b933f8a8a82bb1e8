package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.recordings.Samples;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running instance tells Prometheus is what the documentation says, and is right. */
class ServiceMetricsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void what_is_told_is_what_is_documented_and_counts_what_happened() throws Exception {
    try (TestBroker broker = TestBroker.withTopics(1);
        LedgerService service = LedgerService.start(settings(broker))) {
      assertTrue(service.awaitRunning(PATIENCE));
      write(broker);

      Map<String, Double> told = toldWhenFolded(service);

      assertEquals(1, told.get("irq_ledger_running"));
      assertEquals(0, told.get("irq_ledger_lag_seconds"));
      assertEquals(1, told.get("irq_ledger_devices"));
      assertEquals(1, told.get("irq_ledger_quarantined_total"));
      assertEquals(0, told.get("irq_ledger_findings_total{kind=\"KERNEL\",rule=\"IRQ_POSITIVE\"}"));
      assertEquals(1, told.get("irq_ledger_findings_total{kind=\"LOG\",rule=\"SEQUENCE_GAP\"}"));
      assertAllDocumented(told.keySet());
    }
  }

  private ServiceSettings settings(TestBroker broker) {
    return ServiceSettings.of(broker.bootstrapServers(), folder.resolve("state"))
        .withTopics(1, OptionalInt.of(1))
        .withStandbyReplicas(0);
  }

  /** A trace of which the second event is lost, and bytes that are no event. */
  private void write(TestBroker broker) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> events = imported();
    events.remove(1);
    for (ConsumerRecord<byte[], byte[]> event : events) {
      String key = new String(event.key(), StandardCharsets.UTF_8);
      broker.append(event.topic(), key, event.value());
    }
    broker.append("irq.events", "no event".getBytes(StandardCharsets.UTF_8));
  }

  private List<ConsumerRecord<byte[], byte[]>> imported() throws Exception {
    Path trace = Files.write(folder.resolve("trace.jsonl"), Samples.lines(Samples.EXHAUSTION));
    try (TestBroker other = TestBroker.withTopics(1)) {
      CommandRun run = CommandRun.at(other, "replay import --host hv-1", trace.toString());
      assertEquals(0, run.code(), run.err());
      return other.records(Topic.EVENTS);
    }
  }

  private static Map<String, Double> toldWhenFolded(LedgerService service) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Map<String, Double> told = samples(service.metrics().scrape());
      if (told.getOrDefault("irq_ledger_lag_events", 1.0) == 0
          && told.getOrDefault("irq_ledger_quarantined_total", 0.0) > 0) {
        return told;
      }
      assertTrue(System.nanoTime() < end, () -> "not folded: " + told);
    }
  }

  private static Map<String, Double> samples(String scraped) {
    Map<String, Double> samples = new TreeMap<>();
    scraped
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          int blank = line.lastIndexOf(' ');
          String value = line.substring(blank + 1);
          samples.put(
              line.substring(0, blank),
              Double.valueOf(value.replace("+Inf", "Infinity").replace("-Inf", "-Infinity")));
        });
    return samples;
  }

  private static void assertAllDocumented(Set<String> samples) throws IOException {
    MetricNames documented = MetricNames.documented();
    Set<String> told = new TreeSet<>();
    samples.forEach(sample -> told.add(sample.replaceFirst("\\{.*", "")));

    Set<String> missing = new TreeSet<>(documented.names());
    missing.removeAll(told);
    assertEquals(Set.of(), missing, "documented, and not told");
    told.removeIf(documented::cover);
    assertEquals(Set.of(), told, "told, and not documented");
  }
}

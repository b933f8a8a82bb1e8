package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.recordings.Samples;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code service reset} deletes what an instance keeps, and nothing of the log. */
class ServiceResetTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private TestBroker broker;
  private ServiceSettings settings;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    broker = TestBroker.withTopics(1);
    settings =
        ServiceSettings.of(broker.bootstrapServers(), folder.resolve("state"))
            .withTopics(1, OptionalInt.of(1))
            .withStandbyReplicas(0);
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  private CommandRun reset(String... more) {
    return CommandRun.at(broker, "service reset --state-dir " + folder.resolve("state"), more);
  }

  private Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return new TreeSet<>(admin.listTopics().names().get());
    }
  }

  private List<FoldedState> folded(int events) throws Exception {
    try (LedgerService service = LedgerService.start(settings)) {
      assertTrue(service.awaitRunning(PATIENCE));
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (service.states().stream().noneMatch(s -> s.position().offset() == events - 1)) {
        assertTrue(System.nanoTime() < end, "not all was folded");
        Thread.onSpinWait();
      }
      CommandRun refused = reset("--yes");
      assertEquals(4, refused.code());
      assertEquals(
          "irq-ledger: the group irq-ledger has 1 member: end all instances of the service first;"
              + " one that was killed is counted for up to 10 s\n",
          refused.err());
      return service.states();
    }
  }

  private int imported() throws IOException {
    Path trace = Files.write(folder.resolve("trace.jsonl"), Samples.lines(Samples.EXHAUSTION));
    CommandRun run = CommandRun.at(broker, "replay import --host hv-1", trace.toString());
    assertEquals(0, run.code(), run.err());
    return broker.records(Topic.EVENTS).size();
  }

  @Test
  void after_a_reset_the_next_start_folds_all_history_anew() throws Exception {
    int events = imported();
    List<FoldedState> before = folded(events);
    Set<String> topics = topics();
    List<String> changelogs =
        topics.stream().filter(topic -> topic.startsWith("irq-ledger-")).toList();
    assertFalse(changelogs.isEmpty());
    Path local = folder.resolve("state").resolve("irq-ledger");

    CommandRun dry = reset("--dry-run");

    assertEquals(0, dry.code(), dry.err());
    List<String> expected = new ArrayList<>();
    expected.add("would delete the committed positions of group irq-ledger in 1 partition");
    changelogs.forEach(topic -> expected.add("would delete the topic " + topic));
    expected.add("would delete the local state " + local);
    assertEquals(expected, dry.out().lines().toList());
    assertEquals(topics, topics());
    assertTrue(Files.exists(local));

    CommandRun done = reset("--yes");

    assertEquals(0, done.code(), done.err());
    topics.removeAll(changelogs);
    awaitTopics(topics);
    assertFalse(Files.exists(local));
    assertEquals(events, broker.records(Topic.EVENTS).size());
    assertEquals("there is nothing to delete\n", reset("--dry-run").out());
    assertEquals(before, folded(events));
  }

  /** A deleted topic leaves the broker's lists a moment later. */
  private void awaitTopics(Set<String> expected) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!topics().equals(expected) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(expected, topics());
  }

  @Test
  void neither_a_dry_run_nor_a_yes_is_wrong_usage() {
    CommandRun run = reset();

    assertEquals(2, run.code());
    assertTrue(run.err().contains("--dry-run to see what would be deleted"), run.err());
    assertEquals(2, reset("--dry-run", "--yes").code());
  }
}

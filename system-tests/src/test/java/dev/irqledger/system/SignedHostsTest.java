package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where hosts must sign, an agent with another host's name gets nowhere, and is told of. */
@Timeout(300)
class SignedHostsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String DEVICE = "0000:01:00.0";

  @TempDir private Path folder;

  @Test
  void an_agent_with_another_hosts_name_is_refused_told_of_and_counted() throws Exception {
    try (TestBroker broker = TestBroker.withTopics(1)) {
      SigningKeys own = keys("hv-1");
      SigningKeys foreign = keys("hv-2");
      ok(CommandRun.at(broker, "keys enroll --in 0s --host hv-1", own.open().toString()));
      CommandRun required = ok(CommandRun.at(broker, "keys require --in 0s --host *"));
      assertTrue(required.out().startsWith("*\n  signing required  from 2"), required.out());

      ok(agent(broker, "journal", own.secret()));
      String before = interrupts(broker);
      ok(agent(broker, "journal-of-an-impostor", foreign.secret()));
      ok(agent(broker, "journal-without-a-key", null));
      assertEquals(before, interrupts(broker));
      ok(agent(broker, "journal", own.secret()));

      try (LedgerService service =
          LedgerService.start(
              ServiceSettings.of(broker.bootstrapServers(), folder.resolve("state"))
                  .withTopics(1, OptionalInt.of(1)))) {
        assertTrue(service.awaitRunning(PATIENCE));
        // each of the two runs wrote the same: open, a call, close
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!counted(service).equals(List.of(6.0))) {
          assertTrue(System.nanoTime() < end, counted(service)::toString);
          Thread.onSpinWait();
        }
      }
      assertEquals(6, broker.records(Topic.VIOLATIONS).size());
      assertTrue(broker.records(Topic.QUARANTINE).isEmpty(), "they can be read");
      CommandRun verify = CommandRun.at(broker, "replay verify");
      assertEquals(1, verify.code(), verify.err());
      assertTrue(verify.out().contains("SIGNED_BY_HOST"), verify.out());
      assertArchiveKnows(broker);
    }
  }

  /** Also without the cluster, and after the topics were lost and made anew. */
  private void assertArchiveKnows(TestBroker broker) throws Exception {
    Path archive = folder.resolve("archive");
    ok(CommandRun.at(broker, "replay archive pull", archive.toString()));
    String live = state(broker);
    CommandRun offline = CommandRun.of("replay", "state", "--archive", archive.toString());
    assertEquals(live, ok(offline).out());
    try (TestBroker anew = TestBroker.withTopics(1)) {
      ok(CommandRun.at(anew, "replay archive restore", archive.toString()));
      assertEquals(live, state(anew));
      assertEquals(CommandRun.at(broker, "keys ls").out(), CommandRun.at(anew, "keys ls").out());
    }
  }

  private static List<Double> counted(LedgerService service) {
    List<Double> counted = new ArrayList<>();
    for (String line : service.metrics().scrape().lines().toList()) {
      if (line.startsWith("irq_ledger_") && line.contains("SIGNED_BY_HOST")) {
        counted.add(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
      }
    }
    return counted;
  }

  /** The device without how far the log was read, and how much was found in it. */
  private static String interrupts(TestBroker broker) {
    return state(broker)
        .lines()
        .filter(line -> !line.matches("(point|log|  after) .*"))
        .map(line -> line.replaceAll("violations \\d+", ""))
        .collect(Collectors.joining("\n"));
  }

  private static String state(TestBroker broker) {
    return ok(CommandRun.at(broker, "replay state")).out();
  }

  private CommandRun agent(TestBroker broker, String state, Path key) throws IOException {
    Path ops =
        Files.writeString(
            folder.resolve("boot.ops"), "open\nset 2 0 2 eventfd trigger e0,e1\nclose\n");
    List<String> more =
        new ArrayList<>(List.of("--state-dir", folder.resolve(state).toString(), ops.toString()));
    if (key != null) {
      more.addAll(0, List.of("--signing-key", key.toString()));
    }
    return CommandRun.at(
        broker,
        "agent run --backend modelled --host hv-1 --device " + DEVICE + ":nvme",
        more.toArray(String[]::new));
  }

  @Test
  void a_key_that_others_can_read_is_refused() throws Exception {
    Path key = keys("hv-1").secret();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    try (TestBroker broker = TestBroker.withTopics(1)) {
      CommandRun run = agent(broker, "journal", key);
      assertEquals(2, run.code(), run.out());
      assertTrue(run.err().contains("chmod go= it"), run.err());
    }
  }

  private SigningKeys keys(String host) throws Exception {
    return SigningKeys.create(Files.createDirectory(folder.resolve(host)));
  }

  private static CommandRun ok(CommandRun run) {
    assertEquals(0, run.code(), run.out() + run.err());
    return run;
  }
}

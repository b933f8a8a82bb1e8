package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.recordings.Samples;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.avro.ViolationKind;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A policy that is set on a command line binds the agent, and is held against what happened. */
@Timeout(300)
class PolicyEffectTest {
  @TempDir private Path folder;
  private TestBroker broker;

  @BeforeEach
  void start() throws IOException {
    broker = TestBroker.withTopics(1);
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  private CommandRun run(String line, String... more) {
    return CommandRun.at(broker, line, more);
  }

  private CommandRun agentRun(String options, String ops) throws IOException {
    Path file = Files.writeString(folder.resolve(UUID.randomUUID() + ".ops"), ops);
    CommandRun run =
        run(
            "agent run --backend modelled --device 0000:01:00.0 --journal-sync off --state-dir "
                + folder.resolve("state")
                + " "
                + options,
            file.toString());
    assertEquals(0, run.code(), run.err());
    return run;
  }

  @Test
  void the_agent_refuses_what_the_budget_forbids_and_goes_on() throws IOException {
    assertEquals(0, run("policy set --host * --budget device:*:armed=2").code());
    CommandRun run =
        agentRun(
            "--host hv-1",
            """
            open
            set 2 0 3 eventfd trigger e0,e1,e2
            set 2 0 2 eventfd trigger e0,e1
            """);
    List<String> lines = run.out().lines().toList();
    assertTrue(
        lines
            .get(1)
            .contains(
                "over budget: the policy of *, 0@0, sets at most 2 armed for device 0000:01:00.0,"
                    + " which has 0, and 3 more are asked for"),
        run.out());
    assertTrue(lines.get(2).endsWith("set 2 0 2 eventfd trigger e0,e1 = 0"), run.out());
  }

  @Test
  void the_service_finds_what_was_over_budget_and_who_held_everything() throws Exception {
    assertEquals(0, run("policy set --host recorded --budget host:*:armed=1").code());
    ServiceSettings settings =
        ServiceSettings.of(broker.bootstrapServers(), folder.resolve("service"))
            .withTopics(1, OptionalInt.of(1))
            .withStandbyReplicas(0);
    try (LedgerService service = LedgerService.start(settings)) {
      assertTrue(service.awaitRunning(Duration.ofMinutes(1)));
      var _ =
          agentRun(
              "--host hv-2 --cpu-vectors 3",
              """
              open
              set 2 0 3 eventfd trigger e0,e1,e2
              set 2 3 1 eventfd trigger e3
              """);
      String name = Samples.QEMU_BOOT_TRACE;
      Path boot = Files.write(folder.resolve(name), Samples.lines(name));
      assertEquals(0, run("replay import --host recorded", boot.toString()).code());
      Violation exhausted = await("POOL_EXHAUSTED");
      assertEquals("hv-2", exhausted.getHost());
      assertEquals("CPU_VECTORS", exhausted.getEvidence().get("pool"));
      String holder = exhausted.getEvidence().get("holder.1");
      assertTrue(holder.startsWith("0000:01:00.0: 3 armed, "), holder);
      Violation overBudget = await("OVER_BUDGET");
      assertEquals("recorded", overBudget.getHost());
      assertEquals("2 armed", overBudget.getReported());
    }
  }

  private Violation await(String rule) {
    WireCodec<Violation> codec = new WireCodec<>(Violation.class, SchemaCatalog.releasedOnly());
    TopicPartition partition = new TopicPartition(Topic.VIOLATIONS.topicName(), 0);
    try (var consumer =
        new KafkaConsumer<byte[], byte[]>(
            ConsumerSettings.readCommitted(broker.bootstrapServers()))) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (true) { // the test's own time limit ends it
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          if (codec.decode(record.value()) instanceof Decoded.Value<Violation>(Violation found)
              && found.getKind() == ViolationKind.POLICY
              && found.getRule().equals(rule)) {
            return found;
          }
        }
      }
    }
  }
}

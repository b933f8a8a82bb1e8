package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.recordings.Samples;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a debugger asks of a log on a real broker: the recorded run that exhausts a host. */
@Timeout(300)
class ReplayToolsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FOUND = 1;
  private static final int USAGE = 2;
  private static final int NO_SUCH_POINT = 5;

  @TempDir private Path folder;
  private TestBroker broker;

  @BeforeEach
  void start() throws IOException {
    broker = TestBroker.withTopics(1);
    Path trace = Files.write(folder.resolve("trace.jsonl"), Samples.lines(Samples.EXHAUSTION));
    assertEquals(0, CommandRun.at(broker, "replay import --host hv-1", trace.toString()).code());
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  private CommandRun run(int code, String line) {
    CommandRun run = CommandRun.at(broker, line);
    assertEquals(code, run.code(), run.out() + run.err());
    return run;
  }

  private JsonNode json(int code, String line) throws IOException {
    return JSON.readTree(run(code, line + " -o json").out());
  }

  private JsonNode firstDevice() throws IOException {
    return json(0, "replay state --host hv-1").get("devices").get(0);
  }

  @Test
  void a_vector_is_explained_from_its_allocation_on() throws IOException {
    JsonNode state = json(0, "replay state --host hv-1 --at offset:0@2").get("devices").get(0);
    String device = "hv-1/" + state.get("device").asText();
    JsonNode cell = state.get("vectors").get(0);
    String question =
        "replay explain -d "
            + device
            + " --vector "
            + cell.get("vector").asInt()
            + " --at offset:0@2";
    JsonNode story = json(0, question);
    assertEquals(cell.get("phase"), story.get("phase"));
    assertEquals(cell.get("linuxIrq"), story.get("linuxIrq"));
    JsonNode first = story.get("chain").get(0);
    assertEquals("FREE", first.at("/from/phase").asText());
    assertEquals("ENABLED", first.get("transition").asText());
    assertEquals("ENABLE_ALLOCATES_RANGE", first.get("rule").asText());
    String text = run(0, question).out();
    assertTrue(text.startsWith(device + " vector "), text);
    assertTrue(text.contains("every vector from 0 to the end of the block got an irq"), text);
    assertTrue(
        run(0, "replay explain -d " + device + " --vector 2047")
            .out()
            .contains("No event ever allocated it."));
    run(USAGE, "replay explain --vector 3");
    run(NO_SUCH_POINT, "replay explain -d hv-1/0000:77:00.0 --vector 3");
  }

  @Test
  void a_difference_is_told_both_ways_and_none_where_there_is_none() throws IOException {
    JsonNode forth = json(0, "replay diff --from earliest");
    assertEquals(firstDevice().get("device"), forth.at("/devices/0/device"));
    assertTrue(forth.at("/devices/0/from").isNull());
    JsonNode back = json(0, "replay diff --from latest --to earliest");
    assertEquals(forth.at("/devices/0/to"), back.at("/devices/0/from"));
    assertEquals(forth.at("/devices/0/vectors/0/to"), back.at("/devices/0/vectors/0/from"));
    String same = run(0, "replay diff --from latest").out();
    assertTrue(same.endsWith("Nothing is other.\n"), same);
    run(NO_SUCH_POINT, "replay diff --from offset:0@99999");
  }

  @Test
  void a_log_is_verified_against_itself_and_against_the_states_of_the_service() throws Exception {
    try (LedgerService service =
        LedgerService.start(
            ServiceSettings.of(broker.bootstrapServers(), folder.resolve("service"))
                .withTopics(1, OptionalInt.of(1))
                .withStandbyReplicas(0))) {
      assertTrue(service.awaitRunning(Duration.ofMinutes(1)));
      int devices = json(0, "replay state").get("devices").size();
      JsonNode report = json(0, "replay verify");
      while (report.at("/states/equal").asInt() < devices // the test's own time limit ends it
          || report.at("/states/behind").asInt() > 0) {
        report = json(0, "replay verify");
      }
      assertTrue(report.get("sound").asBoolean());
      assertEquals(0, report.at("/states/missing").asInt());
    }
    List<ConsumerRecord<byte[], byte[]>> events = broker.records(Topic.EVENTS);
    broker.append("irq.events", "hv-1", events.getFirst().value());
    assertTrue(run(0, "replay verify --log-only").out().contains("repeated  1 (harmless)"));
    run(FOUND, "replay verify --log-only --strict");
    byte[] forged = events.get(1).value().clone();
    forged[forged.length - 1] ^= 1;
    broker.append("irq.events", "hv-1", forged);
    JsonNode broken = json(FOUND, "replay verify --log-only");
    assertTrue(!broken.get("sound").asBoolean());
    assertTrue(run(FOUND, "replay verify").out().endsWith("NOT SOUND\n"));
  }
}

package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a policy enforces is found by the service and done by the agent, with nobody in between. */
@Timeout(300)
class EnforcementEffectTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEVICE = "hv-1/0000:01:00.0";
  private static final int REFUSED = 8;

  @TempDir private Path folder;
  private TestBroker broker;
  private AgentProcess agent;
  private LedgerService service;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.withTopics(1);
    service =
        LedgerService.start(
            ServiceSettings.of(broker.bootstrapServers(), folder.resolve("service"))
                .withTopics(1, OptionalInt.of(1))
                .withStandbyReplicas(0));
    assertTrue(service.awaitRunning(Duration.ofMinutes(1)));
    File messages = folder.resolve("agent").toFile();
    agent =
        AgentProcess.serve(
            messages,
            "--backend",
            "modelled",
            "--host",
            "hv-1",
            "--device",
            "0000:01:00.0:nvme",
            "-b",
            broker.bootstrapServers());
    agent.awaitListening(broker, "hv-1");
  }

  @AfterEach
  void stop() throws Exception {
    agent.end();
    service.close();
    broker.close();
  }

  private CommandRun run(String line, String... more) {
    return CommandRun.at(broker, line, more);
  }

  private void done(String line, String... more) {
    CommandRun run = run(line, more);
    assertEquals(0, run.code(), run.err());
  }

  @Test
  void triggers_over_a_budget_are_taken_away_and_then_what_lies_idle() throws IOException {
    done("command send -d " + DEVICE, "open", "set 2 0 4 eventfd trigger e0,e1,e2,e3");
    done("policy set --host hv-1 --budget device:*:armed=2 --enforce over-budget=clear");
    JsonNode cleared = answered("OVER_BUDGET");
    assertEquals("set 2 0 2 eventfd trigger -1,-1", cleared.get("op").asText());
    assertEquals("done", cleared.get("standing").asText());
    assertEquals(2, cleared.get("expectedSequence").asInt());

    done("policy set --host hv-1 --idle-limit 1s --enforce idle=disable");
    JsonNode disabled = answered("IDLE_RESERVATION");
    assertEquals("set 2 0 0 none trigger", disabled.get("op").asText());
    assertEquals("done", disabled.get("standing").asText());
    assertEquals("none", disabled.at("/answer/mode").asText());
    assertEquals(2, asked("").size(), "each finding is acted upon once");
  }

  @Test
  void a_device_that_changed_since_is_left_alone() throws IOException {
    done("command send -d " + DEVICE, "open", "set 2 0 2 eventfd trigger e0,e1");
    String[] outdated = {
      "close", "--expected-epoch", epoch(), "--expected-sequence", "1",
    };
    CommandRun refused = run("command send -d " + DEVICE, outdated);
    assertEquals(REFUSED, refused.code(), refused.err());
    assertTrue(
        refused.out().contains("the device has changed since: its latest event is 2, not 1"),
        refused.out());
  }

  private String epoch() throws IOException {
    return asked("", ".*").getFirst().at("/answer/epoch").asText();
  }

  /** What the service asked for by that rule, once it is answered. */
  private JsonNode answered(String rule) throws IOException {
    while (true) { // the test's own time limit ends it
      List<JsonNode> asked = asked(rule);
      if (!asked.isEmpty() && !asked.getFirst().get("answer").isNull()) {
        return asked.getFirst();
      }
    }
  }

  private List<JsonNode> asked(String rule) throws IOException {
    return asked(rule, ".* by the policy of hv-1, .*");
  }

  private List<JsonNode> asked(String rule, String requestedBy) throws IOException {
    List<JsonNode> asked = new ArrayList<>();
    for (String line : run("command ls -o json -d " + DEVICE).out().lines().toList()) {
      JsonNode command = JSON.readTree(line);
      String by = command.get("requestedBy").asText();
      if (by.startsWith(rule) && by.matches(requestedBy)) {
        asked.add(command);
      }
    }
    return asked;
  }
}

package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person asks for is carried out by a running agent, and the answer is told. */
class CommandSendTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EPOCH = "1800000000000";
  private static final int REFUSED = 8;
  private static final int KERNEL_REFUSED = 9;
  private static final int NO_ANSWER = 10;

  private static TestBroker broker;
  private static AgentProcess agent;
  @TempDir private static Path folder;

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.withTopics(2);
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
            "--device",
            "0000:02:00.0:nvme",
            "--cpu-vectors",
            "2",
            "--epoch",
            EPOCH,
            "-b",
            broker.bootstrapServers());
    agent.awaitListening(broker, "hv-1");
  }

  @AfterAll
  static void stop() throws Exception {
    agent.end();
    broker.close();
  }

  private static CommandRun send(String device, String... arguments) {
    return run(
        Stream.concat(Stream.of("command", "send", "-d", device), Stream.of(arguments)).toList());
  }

  private static CommandRun run(List<String> arguments) {
    return CommandRun.at(
        broker, arguments.getFirst(), arguments.stream().skip(1).toArray(String[]::new));
  }

  private static List<JsonNode> lines(CommandRun run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void operations_are_carried_out_one_after_the_other_and_the_vectors_are_shown() throws Exception {
    CommandRun run =
        send(
            "hv-1/0000:01:00.0",
            "open",
            "set 2 0 1 eventfd trigger e0",
            "set 2 0 0 none trigger",
            "close",
            "--expected-epoch",
            EPOCH,
            "--by",
            "the test",
            "-o",
            "json");
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
    List<JsonNode> answers = lines(run);
    assertEquals(4, answers.size());
    for (JsonNode answer : answers) {
      assertEquals("done", answer.get("standing").asText());
      assertEquals("the test", answer.get("requestedBy").asText());
      assertEquals(Long.parseLong(EPOCH), answer.at("/answer/epoch").asLong());
    }
    JsonNode armed = answers.get(1);
    assertEquals(0, armed.get("result").asInt(-1));
    assertEquals("msix", armed.at("/answer/mode").asText());
    assertEquals(0, armed.at("/answer/vectors/0/vector").asInt(-1));
    assertTrue(armed.at("/answer/vectors/0/armed").asBoolean());
    String history =
        run(List.of("replay", "history", "-d", "hv-1/0000:01:00.0", "-o", "json")).out();
    for (JsonNode answer : answers) {
      String event = answer.at("/answer/event").asText();
      assertEquals(7, UUID.fromString(event).version());
      assertTrue(history.contains(event), history);
    }
  }

  @Test
  void the_kernels_refusal_is_told_by_its_name_and_ends_the_list() throws Exception {
    Path ops =
        Files.writeString(
            folder.resolve("more.ops"), "open\nset 2 0 4 eventfd trigger e0,e1,e2,e3\nclose\n");
    CommandRun run = send("hv-1/0000:02:00.0", "-f", ops.toString());
    assertEquals(KERNEL_REFUSED, run.code(), run.err());
    assertTrue(run.out().contains("failed: the kernel returned -ENOSPC"), run.out());
    assertEquals("irq-ledger: 1 operation was not sent any more", run.err().strip());
    CommandRun after = send("hv-1/0000:02:00.0", "close");
    assertEquals(0, after.code(), after.err());
  }

  @Test
  void an_agent_refuses_what_has_expired_is_for_another_epoch_or_no_device_of_its() {
    CommandRun expired = send("hv-1/0000:01:00.0", "reset", "--expires", "2020-01-01T00:00:00Z");
    assertEquals(REFUSED, expired.code(), expired.err());
    assertTrue(expired.out().contains("refused: expired"), expired.out());
    assertTrue(expired.err().contains("is in the past"), expired.err());
    CommandRun epoch = send("hv-1/0000:01:00.0", "reset", "--expected-epoch", "1");
    assertEquals(REFUSED, epoch.code(), epoch.err());
    assertTrue(epoch.out().contains(EPOCH), epoch.out());
    CommandRun device = send("hv-1/0000:77:00.0", "reset");
    assertEquals(REFUSED, device.code(), device.err());
    assertTrue(device.out().contains("0000:77:00.0"), device.out());
  }

  @Test
  void without_an_agent_it_is_told_that_none_was_ever_seen() {
    CommandRun run = send("hv-9/0000:01:00.0", "open", "reset", "--timeout", "1s");
    assertEquals(NO_ANSWER, run.code(), run.err());
    assertTrue(run.out().contains("pending"), run.out());
    assertTrue(run.err().contains("no agent of hv-9 ever gave a sign of life"), run.err());
    assertTrue(run.err().contains("1 operation was not sent any more"), run.err());
  }

  @Test
  void the_list_shows_every_command_with_what_came_of_it() throws Exception {
    String device = "hv-1/0000:01:00.0";
    CommandRun sent = send(device, "reset", "--expected-epoch", "2", "-o", "json");
    String refused = lines(sent).getFirst().get("command").asText();
    String other = "hv-8/0000:08:00.0";
    String pending =
        lines(send(other, "reset", "--no-wait", "-o", "json")).getFirst().get("command").asText();
    String expired =
        lines(send(other, "reset", "--no-wait", "--expires", "0s", "-o", "json"))
            .getFirst()
            .get("command")
            .asText();
    CommandRun all = run(List.of("command", "ls", "--since", "1h", "-o", "json"));
    assertEquals(0, all.code(), all.err());
    List<JsonNode> standing = lines(all);
    assertEquals("refused", of(refused, standing).get("standing").asText());
    assertTrue(of(refused, standing).get("reason").asText().contains("epoch"));
    assertEquals("pending", of(pending, standing).get("standing").asText());
    assertEquals("expired", of(expired, standing).get("standing").asText());
    CommandRun one = run(List.of("command", "ls", "--host", "hv-8", "--limit", "1"));
    assertEquals(2, one.out().lines().count(), one.out());
    assertTrue(one.out().contains(expired), one.out());
    assertFalse(one.out().contains(pending), one.out());
  }

  private static JsonNode of(String command, List<JsonNode> all) {
    return all.stream()
        .filter(node -> node.get("command").asText().equals(command))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_dry_run_and_wrong_input_send_nothing() {
    CommandRun dry = send("hv-7/0000:01:00.0", "reset", "--dry-run");
    assertEquals(0, dry.code(), dry.err());
    assertTrue(dry.err().contains("nothing was sent"), dry.err());
    CommandRun wrong = send("hv-7/0000:01:00.0", "open", "set 2 0 x eventfd trigger e0");
    assertEquals(2, wrong.code(), wrong.err());
    assertTrue(wrong.err().contains("not an operation: 'set 2 0 x"), wrong.err());
    CommandRun list = run(List.of("command", "ls", "--host", "hv-7"));
    assertEquals("", list.out());
    assertTrue(list.err().contains("no command since"), list.err());
  }

  @Test
  void records_that_cannot_be_read_are_counted() throws Exception {
    try (TestBroker own = TestBroker.withTopics(1)) {
      own.append("irq.commands", new byte[] {7, 7});
      CommandRun list = CommandRun.of("command", "ls", "-b", own.bootstrapServers());
      assertEquals(1, list.code());
      assertTrue(list.err().contains("1 record could not be read"), list.err());
    }
  }
}

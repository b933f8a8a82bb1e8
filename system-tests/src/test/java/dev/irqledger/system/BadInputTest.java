package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.recordings.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong is told in one line that says what to do, and by the exit code. */
class BadInputTest {
  private static TestBroker broker;
  private static TestBroker withoutTopics;
  @TempDir private static Path folder;

  @BeforeAll
  static void start() throws Exception {
    withoutTopics = TestBroker.empty();
    broker = TestBroker.withTopics(1);
    Path trace = Files.write(folder.resolve("trace.jsonl"), Samples.lines(Samples.EXHAUSTION));
    CommandRun run =
        CommandRun.of("replay", "import", trace.toString(), "-b", broker.bootstrapServers());
    assertEquals(0, run.code(), run.err());
  }

  @AfterAll
  static void stop() throws IOException {
    broker.close();
    withoutTopics.close();
  }

  private static void assertOneLine(CommandRun run, int code, String... said) {
    assertAll(
        () -> assertEquals(code, run.code(), run.err()),
        () -> assertEquals(1, run.err().lines().count(), run.err()),
        () -> assertFalse(run.err().contains("\tat "), run.err()));
    for (String part : said) {
      assertTrue(run.err().contains(part), run.err());
    }
  }

  private static CommandRun state(TestBroker at, String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "replay";
    arguments[1] = "state";
    arguments[2] = "-b";
    arguments[3] = at.bootstrapServers();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return CommandRun.of(arguments);
  }

  @Test
  void random_bytes_and_an_unknown_fingerprint_are_passed_over_and_counted() throws Exception {
    try (TestBroker own = TestBroker.withTopics(1)) {
      Path trace = folder.resolve("trace.jsonl");
      assertEquals(
          0,
          CommandRun.of("replay", "import", trace.toString(), "-b", own.bootstrapServers()).code());
      own.append("irq.events", new byte[] {7, 7, 7});
      byte[] unknown = {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9};
      own.append("irq.events", unknown);
      CommandRun run = state(own, "-o", "json");
      assertOneLine(run, 1, "2 records could not be read", "partition 0 offset 15");
      assertTrue(run.out().contains("\"position\":{\"partition\":0,\"offset\":14}"), run.out());
    }
  }

  @Test
  void a_point_with_a_wrong_form_names_the_forms() {
    CommandRun run = state(broker, "--at", "yesterday");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("not a point: 'yesterday'"), run.err());
    assertTrue(run.err().contains("time:2026-11-22T14:34:12Z"), run.err());
  }

  @Test
  void a_point_that_the_log_does_not_hold_says_where_it_ends() {
    assertOneLine(state(broker, "--at", "offset:0@999"), 5, "ends at offset 14");
    assertOneLine(state(broker, "--at", "time:2999-01-01T00:00:00Z"), 5, "is in the future");
    assertOneLine(
        state(broker, "--at", "event:00000000-0000-7000-8000-000000000000"),
        5,
        "no event of the log");
  }

  @Test
  void a_device_without_history_is_an_error_and_no_empty_answer() {
    assertOneLine(state(broker, "-d", "0000:77:00.0"), 5, "no event of device 0000:77:00.0");
  }

  @Test
  void a_missing_topic_is_named() {
    assertOneLine(state(withoutTopics), 4, "topic irq.events is not on");
  }

  @Test
  void an_unknown_schema_is_passed_over_also_where_no_schema_was_ever_published() throws Exception {
    try (TestBroker own = TestBroker.withEventsOnly()) {
      byte[] unknown = {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9};
      own.append("irq.events", unknown);
      assertOneLine(state(own), 1, "1 record could not be read", "partition 0 offset 0");
    }
  }

  @Test
  void a_broker_that_is_not_there_is_named() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String nobody = "127.0.0.1:" + free;
    assertOneLine(
        CommandRun.of("replay", "state", "-b", nobody, "--timeout", "1"),
        3,
        "no broker answers at " + nobody);
    assertOneLine(
        CommandRun.of(
            "replay",
            "import",
            folder.resolve("trace.jsonl").toString(),
            "-b",
            nobody,
            "--timeout",
            "1"),
        3,
        "no broker answers at " + nobody);
  }

  @Test
  void an_empty_file_and_one_of_no_known_format_are_named() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    Path other = Files.writeString(folder.resolve("other"), "hello\nworld\n");
    assertOneLine(
        CommandRun.of("replay", "import", empty.toString(), "-b", broker.bootstrapServers()),
        6,
        "empty is empty");
    assertOneLine(
        CommandRun.of("replay", "import", other.toString(), "-b", broker.bootstrapServers()),
        6,
        "other is of no known format");
  }
}

package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.recordings.Samples;
import dev.irqledger.standalone.GuestArchive;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command whose reader goes away, or that is told to end, ends in order, as a process. */
class EndedProcessTest {
  /** Ctrl-C, as a shell tells of it. */
  private static final int INTERRUPTED = 128 + 2;

  @TempDir private static Path folder;

  @BeforeAll
  static void make() throws IOException {
    Files.createDirectory(temporary());
    GuestArchive.write(folder.resolve("long"), 60_000, 20, 200, 2, _ -> {});
  }

  private static Path temporary() {
    return folder.resolve("temporary");
  }

  private static Process start(Path messages, String... arguments) throws IOException {
    return new ProcessBuilder(OwnProcess.command(temporary(), arguments))
        .redirectError(messages.toFile())
        .start();
  }

  private static Process replay(Path messages, String line) throws IOException {
    List<String> words = new ArrayList<>(List.of("replay"));
    words.addAll(CommandRun.words(line));
    words.addAll(List.of("--archive", folder.resolve("long").toString()));
    return start(messages, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state",
        "state -o json",
        "history -d hv-0001/0000:00:00.1",
        "history -o json -d hv-0001/0000:00:00.1",
        "diff --from earliest",
        "sql 'FROM events'",
        "sql -o json 'FROM events'",
        "sql -o csv 'FROM events'"
      })
  void whoever_reads_one_line_and_goes_is_told_nothing(String line) throws Exception {
    Path messages = Files.createTempFile(folder, "messages", ".txt");
    Process process = replay(messages, line);
    try (BufferedReader out = process.inputReader()) {
      assertNotNull(out.readLine(), () -> line);
    }
    ended(process, 0);
    List<String> said =
        Files.readAllLines(messages).stream().filter(each -> !each.endsWith("folded")).toList();
    assertEquals(List.of(), said);
    assertEquals(List.of(), OwnProcess.leftBehind(temporary()));
  }

  /** Progress is told only of long work, so its first line says that the work has begun. */
  @ParameterizedTest
  @ValueSource(strings = {"history -d hv-0001/0000:00:00.1", "sql 'FROM events'"})
  void ctrl_c_ends_it(String line) throws Exception {
    Path messages = Files.createTempFile(folder, "messages", ".txt");
    Process process = replay(messages, line);
    try (BufferedReader out = process.inputReader()) {
      assertNotNull(out.readLine());
      interrupt(process);
      ended(process, INTERRUPTED);
    }
    assertEquals(List.of(), OwnProcess.leftBehind(temporary()));
  }

  @Test
  void ctrl_c_ends_a_watch_as_what_it_is_meant_for() throws Exception {
    try (TestBroker broker = TestBroker.withTopics(1)) {
      Path recording = Files.write(folder.resolve("recording"), Samples.lines(Samples.EXHAUSTION));
      assertEquals(
          0, CommandRun.at(broker, "replay import --host hv-1", recording.toString()).code());
      Path messages = Files.createTempFile(folder, "messages", ".txt");
      Process process =
          start(messages, "replay", "watch", "--from", "earliest", "-b", broker.bootstrapServers());
      try (BufferedReader out = process.inputReader()) {
        assertTrue(String.valueOf(out.readLine()).startsWith("DEVICE"));
        assertTrue(String.valueOf(out.readLine()).startsWith("hv-1/"));
        interrupt(process);
        ended(process, INTERRUPTED);
      }
      assertEquals("irq-ledger: watching after offset:0@-1\n", Files.readString(messages));
    }
  }

  private static void interrupt(Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    assertEquals(0, kill.waitFor());
  }

  private static void ended(Process process, int code) throws InterruptedException {
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
    assertEquals(code, process.exitValue());
  }
}

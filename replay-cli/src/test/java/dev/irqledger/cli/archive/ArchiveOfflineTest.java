package dev.irqledger.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.cli.CommandLineRun;
import dev.irqledger.cli.ReplayCommand;
import dev.irqledger.recordings.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands do with an archive when there is no broker anywhere. */
class ArchiveOfflineTest {
  @TempDir private Path folder;
  private Path archive;

  @BeforeEach
  void make() throws IOException {
    Path recording = Files.write(folder.resolve("recording"), Samples.lines(Samples.EXHAUSTION));
    archive = folder.resolve("case");
    CommandLineRun run = run("import --host hv-1 --out " + archive + " " + recording);
    assertEquals(0, run.code(), run.err());
  }

  private static CommandLineRun run(String line) {
    return CommandLineRun.of(new ReplayCommand(), line.split(" "));
  }

  @Test
  void a_state_is_had_without_a_broker() {
    CommandLineRun run = run("state --stats --at latest --host hv-1 --archive " + archive);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("hv-1/"), run.out());
    assertTrue(run.err().contains("events folded"), run.err());
  }

  @Test
  void it_lists_and_checks_itself() {
    assertEquals(0, run("archive check " + archive).code());
    CommandLineRun list = run("archive ls " + archive);
    assertTrue(list.out().startsWith("topic recordings"), list.out());
  }

  @Test
  void each_damaged_file_is_one_line_and_never_a_stack_trace() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(archive)) {
      all.filter(f -> f.toString().matches(".*\\.(avro|avsc|jsonl)")).forEach(files::add);
    }
    assertTrue(files.size() > 4, files.toString());
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = whole.clone();
      damaged[whole.length / 2] ^= 1;
      Files.write(file, damaged);
      CommandLineRun check = run("archive check " + archive);
      assertEquals(6, check.code(), check.err());
      assertEquals(1, check.err().lines().count(), check.err());
      assertTrue(check.err().contains(file.toString()), check.err());
      assertEquals("", check.out());
      CommandLineRun state = run("state --archive " + archive);
      assertTrue(state.code() == 0 || state.code() == 6, state.err());
      assertFalse(state.err().contains("\tat "), state.err());
      Files.write(file, whole);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "archive|2|pull, append, ls, check, prune or restore",
        "archive pull x --checkpoint-every 0|2|1 or more",
        "archive pull|2|Missing required parameter",
        "archive ls no-such-directory|6|is no archive",
        "archive check no-such-directory|6|is no archive",
        "archive prune no-such-directory --before latest|6|is no archive",
        "archive prune x|2|--before",
        "archive prune x --before yesterday|2|yesterday",
        "state --archive no-such-directory|6|is no archive",
        "history --archive no-such-directory -d hv-1/0000:01:00.0|6|is no archive",
      })
  void what_is_wrong_is_told_with_its_exit_code(String line, int code, String said) {
    CommandLineRun run = run(line);
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(said), run.err());
    assertEquals("", run.out());
  }
}

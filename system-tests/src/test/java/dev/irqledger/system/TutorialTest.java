package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/tutorial.md}: each command is asked of a demo that is kept running. */
@Timeout(300)
class TutorialTest {
  private static final String ADDRESS_LINE = "  ./irq-ledger replay state -b ";

  /** What is another in each run: processes, event ids, how long calls took. */
  private static final Pattern OF_THE_RUN =
      Pattern.compile(
          "irq-ledger\\[\\d+\\]|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d+\\.\\d{3} ms");

  @TempDir private Path folder;

  @Test
  void every_command_of_the_tutorial_prints_what_it_shows() throws Exception {
    List<Transcript> transcripts =
        Transcript.in(Files.readAllLines(Path.of("..", "docs", "tutorial.md")));
    assertFalse(transcripts.isEmpty());
    Process demo =
        new ProcessBuilder(OwnProcess.command(folder, "demo", "--keep"))
            .redirectError(Redirect.appendTo(folder.resolve("messages").toFile()))
            .start();
    try {
      String address = address(demo);
      for (Transcript transcript : transcripts) {
        assertAsShown(transcript, address);
      }
    } finally {
      demo.destroy();
      assertTrue(demo.waitFor(60, TimeUnit.SECONDS));
    }
    assertEquals(143, demo.exitValue());
    assertEquals(List.of(), OwnProcess.leftBehind(folder));
  }

  private String address(Process demo) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(ADDRESS_LINE)) {
        return line.substring(ADDRESS_LINE.length());
      }
    }
    throw new AssertionError(Files.readString(folder.resolve("messages")));
  }

  private static void assertAsShown(Transcript shown, String address) {
    List<String> words = new ArrayList<>(CommandRun.words(shown.command()));
    words.addAll(List.of("-b", address));
    CommandRun run = CommandRun.of(words.toArray(String[]::new));
    Transcript expected =
        new Transcript(shown.command(), shown.printed().stream().map(TutorialTest::same).toList());
    String printed = run.out() + run.err();
    assertTrue(
        expected.agreesWith(same(printed)), "$ irq-ledger " + shown.command() + "\n" + printed);
  }

  /** Widths of columns follow what stands in them. */
  private static String same(String text) {
    return OF_THE_RUN.matcher(text).replaceAll("OF-THE-RUN").replaceAll("(?<=\\S) +", " ");
  }
}

package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show is what the commands print, on the recordings that come with them. */
class TranscriptsTest {
  @TempDir private Path folder;

  /** As it would be in that folder: the directories that the documents use lie there. */
  private CommandRun run(String command) {
    String[] words =
        CommandRun.words(command).stream()
            .map(word ->
                word.matches("(recordings|case-1[23](\\.parquet)?)(/.*)?")
                    ? folder + "/" + word
                    : word)
            .toArray(String[]::new);
    CommandRun run = CommandRun.of(words);
    return new CommandRun(run.code(), here(run.out()), here(run.err()));
  }

  private String here(String text) {
    return text.replace(folder + "/", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay.md", "security.md", "sql.md", "what-if.md"})
  void every_command_prints_what_the_document_shows(String document) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", document));
    List<Transcript> transcripts = Transcript.in(lines);
    assertFalse(transcripts.isEmpty());
    for (Transcript transcript : transcripts) {
      CommandRun run = run(transcript.command());
      String printed = run.out() + run.err();
      assertTrue(
          transcript.agreesWith(printed),
          () -> "$ irq-ledger " + transcript.command() + "\n" + printed);
    }
  }

  @Test
  void a_transcript_is_matched_line_by_line() {
    List<String> document =
        ("text\n```\n$ irq-ledger x\nat 2026-11-23T09:32:49.380Z\n...\nz\n```\n"
                + "text\n```\nno command\n```")
            .lines()
            .toList();
    assertEquals(1, Transcript.in(document).size());
    Transcript transcript = Transcript.in(document).getFirst();
    assertEquals("x", transcript.command());
    assertTrue(transcript.agreesWith("at 2031-01-02T03:04:05Z\na\nb\nz\n"));
    assertTrue(transcript.agreesWith("at 2031-01-02T03:04:05Z\nz\n"));
    assertFalse(transcript.agreesWith("at 2026-11-22T03:04:05Z\nz\n"));
    assertFalse(transcript.agreesWith("at 2031-01-02T03:04:05Z\nz\nzz\n"));
  }
}

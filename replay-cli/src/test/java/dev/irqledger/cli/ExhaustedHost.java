package dev.irqledger.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.recordings.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The recorded run in which one device, {@code hv-1/0000:01:00.0}, takes all CPU vectors of its
 * host, in an archive of its own.
 *
 * @param archive where that is
 */
public record ExhaustedHost(Path archive) {
  private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

  /** Makes the archive in that folder. */
  public static ExhaustedHost in(Path folder) throws IOException {
    Path recording = Files.write(folder.resolve("recording"), Samples.lines(Samples.EXHAUSTION));
    Path archive = folder.resolve("case");
    CommandLineRun run =
        CommandLineRun.of(
            new ReplayCommand(),
            "import",
            "--host",
            "hv-1",
            "--out",
            archive.toString(),
            recording.toString());
    assertEquals(0, run.code(), run.err());
    return new ExhaustedHost(archive);
  }

  /** Runs a command on it; a word between quotes is one, whatever is in it. */
  CommandLineRun run(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(word.group().replace("'", ""));
    }
    words.addAll(List.of("--archive", archive.toString()));
    return CommandLineRun.of(new ReplayCommand(), words.toArray(String[]::new));
  }
}

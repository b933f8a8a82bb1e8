package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.recordings.Samples;
import dev.irqledger.standalone.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What every command prints, word for word, about two archives that are kept with the outputs:
 * {@code recorded}, a guest's boot and a host that runs out of CPU vectors, and {@code broken}, a
 * log with an event missing and one that came again.
 *
 * <p>The files in {@code golden} begin with the command. {@code IRQ_LEDGER_GOLDEN=write} in the
 * environment writes what follows it anew, for a reader to compare.
 */
class GoldenOutputTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final boolean WRITE = "write".equals(System.getenv("IRQ_LEDGER_GOLDEN"));
  private static final String RECORDING = "recording.jsonl";
  private static final String PROMPT = "$ irq-ledger ";

  private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{64}(?= *\n)");

  /** What is not asked about a log that is there, or of a terminal. */
  private static final List<String> SHOWN_ELSEWHERE =
      List.of("watch", "archive pull", "archive append", "archive restore", "serve", "step");

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    for (String archive : List.of("recorded", "broken")) {
      copy(GOLDEN.resolve(archive), folder.resolve(archive));
    }
    Files.write(folder.resolve(RECORDING), Samples.lines(Samples.EXHAUSTION));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static List<Path> goldens() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void a_command_prints_what_it_always_printed(Path golden) throws Exception {
    String expected = Files.readString(golden);
    String command = expected.lines().findFirst().orElseThrow();
    assertTrue(command.startsWith(PROMPT), command);
    String shown = command + "\n" + shown(command.substring(PROMPT.length()));
    if (WRITE) {
      Files.writeString(golden, shown);
    }
    assertEquals(expected, shown);
  }

  private String shown(String command) throws Exception {
    SigningKeys keys = SigningKeys.create(folder);
    String[] words =
        CommandRun.words(command).stream()
            .map(word ->
                switch (word) {
                  case "SECRET" -> keys.secret().toString();
                  case "OPEN" -> keys.open().toString();
                  default -> inFolder(word);
                })
            .toArray(String[]::new);
    CommandRun run = CommandRun.of(words);
    return here(run.out())
        + (run.err().isEmpty() ? "" : "--- standard error\n" + here(run.err()))
        + "--- exit "
        + run.code()
        + "\n"
        + page();
  }

  private String inFolder(String word) {
    return word.matches("recorded|broken|written.*|" + RECORDING)
        ? folder.resolve(word).toString()
        : word;
  }

  private String here(String text) {
    return KEY_ID.matcher(text.replace(folder + "/", "")).replaceAll("KEY-ID");
  }

  /** The page that the command wrote, where it wrote one. */
  private String page() throws IOException {
    Path page = folder.resolve("written.html");
    return Files.exists(page) ? "--- written.html\n" + Files.readString(page) : "";
  }

  @Test
  void every_command_is_among_them() throws IOException {
    SortedSet<String> missing = new TreeSet<>(commands(Main.commandLine(), "replay"));
    missing.removeAll(SHOWN_ELSEWHERE);
    for (Path golden : goldens()) {
      String line = Files.readAllLines(golden).getFirst();
      missing.removeIf(name -> (line + " ").startsWith(PROMPT + "replay " + name + " "));
    }
    assertEquals(new TreeSet<>(), missing);
  }

  private static List<String> commands(CommandLine root, String group) {
    List<String> names = new ArrayList<>();
    root.getSubcommands()
        .get(group)
        .getSubcommands()
        .forEach((name, command) -> {
          if (command.getSubcommands().isEmpty()) {
            names.add(name);
          } else {
            command.getSubcommands().keySet().forEach(inner -> names.add(name + " " + inner));
          }
        });
    return names;
  }
}

package dev.irqledger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that a document shows.
 *
 * <p>It stands between fences, in a line of its own that goes on after a backslash. Where a shell
 * would see several commands in the line, they are several; what it sets before a command is left
 * out, and so is a comment.
 *
 * @param document where it stands, seen from the project's folder
 * @param text the command, with one blank between any two of its words
 * @param transcript whether a prompt stands before it: then what it prints follows
 */
record DocumentedCommand(Path document, String text, boolean transcript) {
  private static final Path ROOT = Path.of("..");
  private static final String FENCE = "```";
  private static final String PROMPT = "$ ";

  /** What makes a line a command: its first word. A document that shows another adds it here. */
  private static final Set<String> PROGRAMS =
      Set.of(
          ("apt apt-get benchmarks/run curl dist/check docker docker-compose docker/check docker/up"
                  + " dpkg editor faults/run fuzzing/run git irq-ledger irq-ledger-agent"
                  + " irq-ledger-service ./irq-ledger"
                  + " java journalctl kubectl man mvn node npm openssl ssh sudo systemctl"
                  + " system-tests/vm/boot tar")
              .split(" "));

  /** Between commands of a line, outside quotes. */
  private static final Pattern NEXT = Pattern.compile(" && |; | \\| (?=(?:[^']*'[^']*')*[^']*$)");

  private static final Pattern BEFORE = Pattern.compile("^((until|do|export) |[A-Z_]+=\\S+ )+");
  private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#( .*)?$");

  /** All documents but the decisions, which tell of the past, and the commands' own help. */
  static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), files.map(ROOT::relativize))
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.startsWith("docs/adr") && !file.endsWith("cli.md"))
          .filter(file -> !file.toString().contains("node_modules"))
          .sorted()
          .toList();
    }
  }

  /** The text of a document. */
  static String textOf(Path document) throws IOException {
    return Files.readString(ROOT.resolve(document));
  }

  /** The commands of all documents. */
  static List<DocumentedCommand> all() throws IOException {
    List<DocumentedCommand> commands = new ArrayList<>();
    for (Path document : documents()) {
      commands.addAll(in(document, textOf(document)));
    }
    return commands;
  }

  /** The commands of a document, in order. */
  static List<DocumentedCommand> in(Path document, String text) {
    List<DocumentedCommand> commands = new ArrayList<>();
    boolean inside = false;
    for (String line : text.replaceAll("\\\\\n\\s*", "").lines().map(String::strip).toList()) {
      if (line.startsWith(FENCE)) {
        inside = !inside;
      } else if (inside) {
        boolean transcript = line.startsWith(PROMPT);
        String said = transcript ? line.substring(PROMPT.length()) : line;
        NEXT.splitAsStream(COMMENT.matcher(said).replaceFirst(""))
            .map(part -> BEFORE.matcher(part.strip()).replaceFirst("").replaceAll("\\s+", " "))
            .filter(DocumentedCommand::isCommand)
            .forEach(part -> commands.add(new DocumentedCommand(document, part, transcript)));
      }
    }
    return commands;
  }

  private static boolean isCommand(String text) {
    String first = text.split(" ", 2)[0];
    return PROGRAMS.contains(first) || first.endsWith(".sh");
  }

  /** Whether it is one of this project's program. */
  boolean isOurs() {
    return text.matches("(\\./)?irq-ledger( .*)?");
  }

  /** What follows the program's name, up to a file that takes the output. */
  String[] arguments() {
    List<String> words = CommandRun.words(text.replaceFirst(" > \\S+$", ""));
    return words.subList(1, words.size()).toArray(String[]::new);
  }

  @Override
  public String toString() {
    return document + ": " + text;
  }
}

package dev.irqledger.system;

import dev.irqledger.standalone.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * One run of {@code irq-ledger}, in this process.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it said beside that
 */
record CommandRun(int code, String out, String err) {
  private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

  /**
   * With that broker.
   *
   * @param line arguments, parted by blanks
   * @param more further ones, as they are
   */
  static CommandRun at(TestBroker broker, String line, String... more) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of(more));
    words.addAll(List.of("-b", broker.bootstrapServers()));
    return of(words.toArray(String[]::new));
  }

  /** The words of a line as a shell would have them: what stands between quotes is one. */
  static List<String> words(String line) {
    return WORD.matcher(line).results().map(word -> word.group().replace("'", "")).toList();
  }

  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .execute(arguments);
    return new CommandRun(code, out.toString(), err.toString());
  }
}

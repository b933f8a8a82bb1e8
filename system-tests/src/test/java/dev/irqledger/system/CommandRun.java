package dev.irqledger.system;

import dev.irqledger.standalone.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
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

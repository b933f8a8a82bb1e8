package dev.irqledger.cli;

import dev.irqledger.launch.Launch;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * One run of a command in this process.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it said beside that
 */
public record CommandLineRun(int code, String out, String err) {
  public static CommandLineRun of(Object command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Launch.commandLine(command, new CommandErrors())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .execute(arguments);
    return new CommandLineRun(code, out.toString(), err.toString());
  }
}

package dev.irqledger.cli;

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
    CommandErrors errors = new CommandErrors();
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setExecutionExceptionHandler(errors)
            .setParameterExceptionHandler(errors)
            .execute(arguments);
    return new CommandLineRun(code, out.toString(), err.toString());
  }
}

package dev.irqledger.launch;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** Runs a program's commands as every program runs them. */
public final class Launch {
  /** Loggers are garbage collected with their levels unless someone holds them. */
  private static final Logger ROOT = Logger.getLogger("");

  private Launch() {}

  /**
   * A program's command line: with its version, {@code --no-color} and one line for each error.
   *
   * @param program picocli's command at the root
   */
  public static CommandLine commandLine(Object program) {
    return commandLine(program, new ProgramErrors());
  }

  /**
   * The same, for a program with failures of its own.
   *
   * @param errors tells of what its commands throw
   */
  public static CommandLine commandLine(Object program, IExecutionExceptionHandler errors) {
    CommandLine commands = new CommandLine(program);
    commands.getCommandSpec().addOption(noColor(commands));
    tellVersion(commands.getCommandSpec());
    return commands
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(new ProgramErrors())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static OptionSpec noColor(CommandLine commands) {
    ISetter setter =
        new ISetter() {
          @Override
          @SuppressWarnings("TypeParameterUnusedInFormals") // as picocli declares it
          public <T> T set(T value) {
            if (Boolean.TRUE.equals(value)) {
              commands.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
            }
            return value;
          }
        };
    return OptionSpec.builder("--no-color")
        .type(boolean.class)
        .scopeType(ScopeType.INHERIT)
        .description("Plain text also on a terminal.")
        .setter(setter)
        .build();
  }

  private static void tellVersion(CommandSpec command) {
    command.versionProvider(new Release());
    command.subcommands().values().forEach(sub -> tellVersion(sub.getCommandSpec()));
  }

  /**
   * Runs one command, and ends the process with its exit code.
   *
   * @param commands what {@link #commandLine} made
   * @param arguments the words behind the program's name
   */
  public static void run(CommandLine commands, String... arguments) {
    ROOT.setLevel(logLevel());
    Output output = new Output();
    PrintWriter out =
        new PrintWriter(
            new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8)), true);
    int code = commands.setOut(out).execute(arguments);
    out.flush();
    String loss = output.loss();
    if (loss != null) {
      commands.getErr().println("irq-ledger: the output could not be written: " + loss);
      code = code == ProgramExit.OK ? ProgramExit.OUTPUT : code;
    }
    System.exit(code);
  }

  /** The libraries' log is off: what a person must know, the commands say themselves. */
  private static Level logLevel() {
    String wanted = System.getenv("IRQ_LEDGER_LOG");
    if (wanted == null) {
      return Level.OFF;
    }
    try {
      return Level.parse(wanted.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Level.WARNING;
    }
  }
}

package dev.irqledger.standalone;

import dev.irqledger.agent.cli.AgentCommand;
import dev.irqledger.cli.CommandErrors;
import dev.irqledger.cli.ConformCommand;
import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.ReplayCommand;
import dev.irqledger.cli.access.AccessGroup;
import dev.irqledger.cli.write.CommandGroup;
import dev.irqledger.cli.write.PolicyGroup;
import dev.irqledger.service.cli.ServiceCommand;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The entry point of all commands. */
@Command(
    name = "irq-ledger",
    mixinStandardHelpOptions = true,
    version = "IRQ Ledger 0.1.0-SNAPSHOT",
    sortOptions = false,
    subcommands = {
      DemoCommand.class,
      ConformCommand.class,
      ReplayCommand.class,
      AgentCommand.class,
      CommandGroup.class,
      PolicyGroup.class,
      AccessGroup.class,
      ServiceCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    },
    description = {
      "Who held which interrupt vector when: a ledger of the interrupts of passthrough devices.",
      ""
    },
    footerHeading = "%nFirst steps:%n",
    footer = {
      "  irq-ledger demo                 the whole system in one process, in seconds",
      "  irq-ledger replay --help        look into the log of a cluster",
      "  irq-ledger demo --keep          the same, left running to be looked at",
      "  source <(irq-ledger generate-completion)    the shell completes commands and options",
      "",
      "Environment:",
      "  NO_COLOR=1                      the same as --no-color",
      "  IRQ_LEDGER_LOG=INFO             show the log of the libraries too",
      "  IRQ_LEDGER_JAVA_HOME            the JDK 25 to use, before any that is found",
      "  IRQ_LEDGER_OPTS                 further options of the JVM"
    })
public final class Main implements Runnable {
  /** Loggers are garbage collected with their levels unless someone holds them. */
  private static final Logger ROOT = Logger.getLogger("");

  @Spec private CommandSpec spec;

  private Main() {}

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "Plain text also on a terminal.")
  void noColor(boolean plain) {
    if (plain) {
      spec.root()
          .commandLine()
          .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    ROOT.setLevel(logLevel());
    Output output = new Output();
    PrintWriter out =
        new PrintWriter(
            new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8)), true);
    CommandLine commands = commandLine().setOut(out);
    int code = commands.execute(arguments);
    out.flush();
    String loss = output.loss();
    if (loss != null) {
      commands.getErr().println("irq-ledger: the output could not be written: " + loss);
      code = code == ExitCode.OK ? ExitCode.OUTPUT : code;
    }
    System.exit(code);
  }

  /** The command line with all commands, as {@link #main} runs it. */
  public static CommandLine commandLine() {
    CommandErrors errors = new CommandErrors();
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .setCaseInsensitiveEnumValuesAllowed(true);
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

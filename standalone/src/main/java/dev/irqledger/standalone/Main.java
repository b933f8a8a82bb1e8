package dev.irqledger.standalone;

import dev.irqledger.agent.cli.AgentCommand;
import dev.irqledger.cli.CommandErrors;
import dev.irqledger.cli.ConformCommand;
import dev.irqledger.cli.ReplayCommand;
import dev.irqledger.service.cli.ServiceCommand;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
      ServiceCommand.class,
      HelpCommand.class
    },
    description = {
      "Who held which interrupt vector when: a ledger of the interrupts of passthrough devices.",
      ""
    },
    footerHeading = "%nFirst steps:%n",
    footer = {
      "  irq-ledger demo                 the whole system in one process, in half a minute",
      "  irq-ledger replay --help        look into the log of a cluster",
      "  IRQ_LEDGER_LOG=INFO ...         show the log of the libraries too"
    })
public final class Main implements Runnable {
  /** Loggers are garbage collected with their levels unless someone holds them. */
  private static final Logger ROOT = Logger.getLogger("");

  @Spec private CommandSpec spec;

  private Main() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    ROOT.setLevel(logLevel());
    System.exit(commandLine().execute(arguments));
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

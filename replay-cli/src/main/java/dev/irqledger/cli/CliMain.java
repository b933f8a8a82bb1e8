package dev.irqledger.cli;

import dev.irqledger.cli.access.AccessGroup;
import dev.irqledger.cli.keys.KeysGroup;
import dev.irqledger.cli.write.CommandGroup;
import dev.irqledger.cli.write.PolicyGroup;
import dev.irqledger.launch.Launch;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands of this module as a program of their own, {@code irq-ledger} of the packages. */
@Command(
    name = "irq-ledger",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {
      ReplayCommand.class,
      CommandGroup.class,
      PolicyGroup.class,
      AccessGroup.class,
      KeysGroup.class,
      ConformCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    },
    description = {
      "Who held which interrupt vector when: a ledger of the interrupts of passthrough devices.",
      ""
    },
    footerHeading = "%nFirst steps:%n",
    footer = {
      "  irq-ledger replay --help        look into the log of a cluster, or into an archive",
      "  irq-ledger agent --help         on a host with the package irq-ledger-agent",
      "  irq-ledger service --help       on a host with the package irq-ledger-service",
      "",
      "Environment:",
      "  IRQ_LEDGER_BOOTSTRAP_SERVER     the brokers, where --bootstrap-server is not given",
      "  NO_COLOR=1                      the same as --no-color",
      "  IRQ_LEDGER_LOG=INFO             show the log of the libraries too",
      "  IRQ_LEDGER_OPTS                 further options of the JVM"
    })
public final class CliMain implements Runnable {
  @Spec private CommandSpec spec;

  private CliMain() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    Launch.run(commandLine(), arguments);
  }

  /** The command line that {@link #main} runs. */
  public static CommandLine commandLine() {
    return Launch.commandLine(new CliMain(), new CommandErrors());
  }
}

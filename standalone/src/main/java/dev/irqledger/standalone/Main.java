package dev.irqledger.standalone;

import dev.irqledger.agent.cli.AgentCommand;
import dev.irqledger.cli.CommandErrors;
import dev.irqledger.cli.ConformCommand;
import dev.irqledger.cli.ReplayCommand;
import dev.irqledger.cli.access.AccessGroup;
import dev.irqledger.cli.keys.KeysGroup;
import dev.irqledger.cli.write.CommandGroup;
import dev.irqledger.cli.write.PolicyGroup;
import dev.irqledger.launch.Launch;
import dev.irqledger.service.cli.ServiceCommand;
import picocli.AutoComplete.GenerateCompletion;
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
    sortOptions = false,
    subcommands = {
      DemoCommand.class,
      ConformCommand.class,
      ReplayCommand.class,
      AgentCommand.class,
      CommandGroup.class,
      PolicyGroup.class,
      AccessGroup.class,
      KeysGroup.class,
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
  @Spec private CommandSpec spec;

  private Main() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    Launch.run(commandLine(), arguments);
  }

  /** The command line with all commands, as {@link #main} runs it. */
  public static CommandLine commandLine() {
    return Launch.commandLine(new Main(), new CommandErrors());
  }
}

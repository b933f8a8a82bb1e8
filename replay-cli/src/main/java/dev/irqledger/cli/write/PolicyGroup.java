package dev.irqledger.cli.write;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.recordings.PrintableText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code policy}: how much may be held. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    subcommands = {
      PolicySetCommand.class,
      PolicyGetCommand.class,
      PolicyListCommand.class,
      PolicyRemoveCommand.class
    },
    description = {
      "Set and show how many interrupt resources may be held on a host, and how long unused.",
      "",
      "A policy is a host's own, or that of every host without one ('*').",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger policy set --host '*' --budget 'device:*:allocated=256' --idle-limit 1h",
      "  irq-ledger policy get --host hv-1"
    })
public final class PolicyGroup implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "policy: set, get, ls or rm?");
  }

  /** Tells of policies that could not be read, and gives the exit code that goes with it. */
  static int report(Policies policies, CommandSpec spec) {
    for (String host : policies.unreadable()) {
      spec.commandLine()
          .getErr()
          .println(
              "irq-ledger: the policy of "
                  + PrintableText.of(host, 253)
                  + " could not be read and was passed over: set it anew with --replace");
    }
    return policies.unreadable().isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }
}

package dev.irqledger.cli.write;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code command}: requests to the agents of hosts. */
@Command(
    name = "command",
    mixinStandardHelpOptions = true,
    subcommands = {SendCommand.class, CommandListCommand.class},
    description = {
      "Ask the agents of hosts to act on devices, and see what came of it.",
      "",
      "A command is carried out at most once, never after its expiry, and answered by an event of the"
          + " log that carries its id.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger command send -d hv-1/0000:01:00.0 open",
      "  irq-ledger command ls --host hv-1 --since 1h"
    })
public final class CommandGroup implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "command: send or ls?");
  }
}

package dev.irqledger.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agent}: the group of the agent's commands. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      ServeCommand.class,
      WatchCommand.class,
      ReconcileCommand.class,
      StatusCommand.class,
      SimulateCommand.class
    },
    description = {
      "Act on a host's devices and publish each call as an event.",
      "",
      "The agent makes VFIO calls and reports, for each, its arguments, its result and what the"
          + " kernel shows afterwards; it also watches the calls of other processes. One agent at a"
          + " time acts for a host, and the other commands of the host ask it.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger agent run --backend modelled --host demo --device 0000:01:00.0:nvme \\",
      "      --bootstrap-server localhost:9092 boot.ops",
      "  irq-ledger agent serve --backend modelled --host demo --device 0000:01:00.0:nvme \\",
      "      --device 0000:02:00.0:e1000e --bootstrap-server localhost:9092"
    })
public final class AgentCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "name what the agent is to do: run, serve, watch, reconcile, status or" + " simulate");
  }
}

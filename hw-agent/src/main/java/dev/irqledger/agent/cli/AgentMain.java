package dev.irqledger.agent.cli;

import dev.irqledger.launch.Launch;
import picocli.CommandLine;

/** The agent as a program of its own: {@code irq-ledger-agent} is {@code irq-ledger agent}. */
public final class AgentMain {
  private AgentMain() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    Launch.run(commandLine(), arguments);
  }

  /** The command line that {@link #main} runs. */
  public static CommandLine commandLine() {
    return Launch.commandLine(new AgentCommand()).setCommandName("irq-ledger-agent");
  }
}

package dev.irqledger.service.cli;

import dev.irqledger.launch.Launch;
import picocli.CommandLine;

/**
 * The service as a program of its own: {@code irq-ledger-service} is {@code irq-ledger service}.
 */
public final class ServiceMain {
  private ServiceMain() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    Launch.run(commandLine(), arguments);
  }

  /** The command line that {@link #main} runs. */
  public static CommandLine commandLine() {
    return Launch.commandLine(new ServiceCommand()).setCommandName("irq-ledger-service");
  }
}

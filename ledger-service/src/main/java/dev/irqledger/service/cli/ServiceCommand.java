package dev.irqledger.service.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code service}: the commands around the live ledger. */
@Command(
    name = "service",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {RunCommand.class, CheckCommand.class, ResetCommand.class},
    description = {"Fold the log of events as it grows, and publish what comes of it.", ""})
public final class ServiceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "service: which command?");
  }
}

package dev.irqledger.cli;

import dev.irqledger.cli.archive.ArchiveGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay}: the commands that look into the log. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {
      StateCommand.class,
      HistoryCommand.class,
      WatchCommand.class,
      ExplainCommand.class,
      StepCommand.class,
      DiffCommand.class,
      BisectCommand.class,
      VerifyCommand.class,
      WhatIfCommand.class,
      FitCommand.class,
      SignCommand.class,
      ReportCommand.class,
      SqlCommand.class,
      ExportCommand.class,
      ServeCommand.class,
      ArchiveGroup.class,
      ImportCommand.class,
      SamplesCommand.class
    },
    description = {
      "Rebuild what was from the log of events, in Kafka or in an archive.",
      "",
      "A POINT is one of:",
      "  latest              after the last record",
      "  earliest            before the first one",
      "  time:2026-11-22T14:34:12Z  up to that log time (the broker's clock)",
      "  host-time:...       up to that time of one host's clock; name the host too",
      "  offset:0@41,1@-1    after record 41 of partition 0 and before the first of 1",
      "  event:UUID          after that event, other partitions at its log time",
      ""
    })
public final class ReplayCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "replay: which command?");
  }
}

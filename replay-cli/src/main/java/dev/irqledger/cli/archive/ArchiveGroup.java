package dev.irqledger.cli.archive;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay archive}: the log as a directory. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {
      ArchivePullCommand.class,
      ArchiveAppendCommand.class,
      ArchiveListCommand.class,
      ArchiveCheckCommand.class,
      ArchivePruneCommand.class,
      ArchiveRestoreCommand.class
    },
    description = {
      "Keep the log of events in a directory, and look into that without Kafka.",
      "",
      "An archive holds the records as they were published, in files that any Avro tool reads; with"
          + " the states at intervals, an index and checksums. 'replay state' and its"
          + " siblings answer from it as from Kafka when they are given --archive DIR.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay archive pull incident-7 --bootstrap-server localhost:9092",
      "  irq-ledger replay archive check incident-7",
      "  irq-ledger replay state --archive incident-7 --at time:2026-11-22T14:34:12Z"
    })
public final class ArchiveGroup implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "replay archive: pull, append, ls, check, prune or restore?");
  }
}

package dev.irqledger.cli.archive;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.LogOptions;
import dev.irqledger.replay.archive.ArchiveWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay archive pull}: from Kafka into a directory. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copy the log into a directory, up to where it ends now.",
      "",
      "A pull that was interrupted leaves a valid archive, and goes on where that ends when it is"
          + " run again. Where the directory holds an archive already, what has come since is added.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also where nothing was to be added",
      "2:wrong usage, or the archive is of another log",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log was cut, so the archive cannot begin or go on",
      "6:the archive that is there is damaged",
      "7:the directory cannot be written, or another process writes it"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay archive pull incident-7",
      "  irq-ledger replay archive pull /var/backups/irq --checkpoint-every 50000 -b kafka-1:9092"
    })
public final class ArchivePullCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOptions log = new LogOptions();

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description =
          "For a new archive: states are kept after every N records of a partition (default: "
              + ArchiveWriter.DEFAULT_CHECKPOINT_EVERY
              + "), and less often where they would take more room than the records.")
  private @Nullable Long checkpointEvery;

  @Parameters(paramLabel = "DIR", description = "The archive's directory.")
  private Path directory;

  @Override
  public Integer call() {
    if (checkpointEvery != null && checkpointEvery < 1) {
      throw new ParameterException(
          spec.commandLine(), "--checkpoint-every is 1 or more, not " + checkpointEvery);
    }
    new PullRun(log, directory, spec.commandLine().getOut(), spec.commandLine().getErr())
        .pull(checkpointEvery);
    return ExitCode.OK;
  }
}

package dev.irqledger.cli.archive;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.LogOptions;
import dev.irqledger.cli.Progress;
import dev.irqledger.replay.archive.ArchiveCheck;
import dev.irqledger.replay.archive.ArchiveCheck.Finding;
import dev.irqledger.replay.archive.ArchiveCheck.Kind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay archive restore}: from a directory back into Kafka. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Write an archive into the empty log of a new cluster: with the same bytes, order, offsets and"
          + " log times.",
      "",
      "For the day on which a cluster was lost. The archive is checked first; topics that are"
          + " missing are created with as many partitions. While it runs, irq.events takes the times"
          + " of the archive (message.timestamp.type=CreateTime), afterwards again the broker's; at"
          + " the end both are compared. No agent may write meanwhile. A restore that was interrupted"
          + " goes on when it is run again.",
      "",
      "Format the new cluster with the id of the old one (kafka-storage.sh format --cluster-id), or the"
          + " agents, whose journals belong to that, will not write to it. What the log got after the"
          + " archive's last append is gone, and the next event of such a device a SEQUENCE_GAP.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the log is what the archive is",
      "2:wrong usage: the log holds something else, the archive was pruned, or somebody else wrote",
      "3:no broker answers",
      "4:the topics are not as they must be",
      "6:the archive is not there, or a file of it is damaged; nothing was written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay archive restore /var/backups/irq -b kafka-1:9092 --replication-factor 3"
    })
public final class ArchiveRestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOptions log = new LogOptions();

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      defaultValue = "1",
      description = "For missing topics: how many replicas (default: ${DEFAULT-VALUE}).")
  private int replicationFactor = 1;

  @Option(
      names = "--no-check",
      description = "Do not check the archive first: 'replay archive check' just did.")
  private boolean unchecked;

  @Parameters(paramLabel = "DIR", description = "The archive's directory.")
  private Path directory;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (!unchecked && damaged(err)) {
      err.println("irq-ledger: nothing was written");
      return ExitCode.INPUT;
    }
    new RestoreRun(log.cluster(), log, directory, replicationFactor)
        .run(spec.commandLine().getOut(), err);
    return ExitCode.OK;
  }

  private boolean damaged(PrintWriter err) {
    ArchiveCheck.Report report =
        ArchiveCheck.run(directory, new Progress("files checked", err)::at);
    List<Finding> damage =
        report.findings().stream().filter(found -> found.kind() == Kind.DAMAGE).toList();
    damage.forEach(found -> err.println("irq-ledger: " + found.line()));
    return !damage.isEmpty();
  }
}

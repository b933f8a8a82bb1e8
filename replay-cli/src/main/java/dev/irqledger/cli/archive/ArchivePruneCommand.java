package dev.irqledger.cli.archive;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.PointConverter;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.replay.archive.ArchiveWriter;
import dev.irqledger.replay.archive.Manifest;
import dev.irqledger.replay.archive.Manifest.Segment;
import dev.irqledger.wire.EventCodec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay archive prune}: drops the begin of an archive. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Drop from an archive what is older than a point, for good.",
      "",
      "Each partition then begins with its latest checkpoint up to the point, so that every state"
          + " from there on can still be had. Where there is no such checkpoint nothing is dropped."
          + " Kafka is not touched.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also where there was nothing to drop",
      "2:wrong usage, or no such form of a point",
      "5:the archive does not hold the point",
      "6:the archive is not there, or is damaged",
      "7:the directory cannot be written, or another process writes it"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay archive prune /var/backups/irq --before time:2026-01-01T00:00:00Z"
    })
public final class ArchivePruneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--before",
      paramLabel = "POINT",
      required = true,
      converter = PointConverter.class,
      description = "What is before that point goes; the forms are those of 'replay --help'.")
  private Point before;

  @Parameters(paramLabel = "DIR", description = "The archive's directory.")
  private Path directory;

  @Override
  public Integer call() {
    try (ArchiveLogSource archive = ArchiveLogSource.open(directory);
        ArchiveWriter writer = ArchiveWriter.open(directory, archive.lookups())) {
      EventCodec codec = archive.lookups().codec();
      ResolvedPoint point =
          new PointResolver(archive, codec, InstantSource.system()).resolve(before, null);
      long records = records(writer.manifest());
      writer.prune(point.last());
      long left = records(writer.manifest());
      spec.commandLine()
          .getOut()
          .println(directory + ": " + (records - left) + " records dropped, " + left + " kept");
    }
    return ExitCode.OK;
  }

  private static long records(Manifest manifest) {
    return manifest.segments().stream().mapToLong(Segment::records).sum();
  }
}

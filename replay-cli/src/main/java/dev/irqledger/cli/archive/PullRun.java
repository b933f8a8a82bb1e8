package dev.irqledger.cli.archive;

import dev.irqledger.cli.LogOptions;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.archive.ArchiveWriter;
import dev.irqledger.replay.archive.Pull;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.topic.Topic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A pull from Kafka into an archive, and the line that tells of it. */
record PullRun(LogOptions log, Path directory, PrintWriter out, PrintWriter err) {
  /**
   * Pulls what the archive lacks.
   *
   * @param create the distance of checkpoints of a new archive; null where the archive must be
   *     there
   */
  void run(@Nullable Long create) {
    try (LogSource source = log.open()) {
      SortedMap<Integer, PartitionRange> ranges = source.ranges();
      SchemaCatalog schemas = log.cluster().schemas();
      try (ArchiveWriter writer =
          create == null || ArchiveWriter.exists(directory)
              ? ArchiveWriter.open(directory, schemas)
              : ArchiveWriter.create(
                  directory, schemas, Topic.EVENTS.topicName(), ranges.size(), create)) {
        Progress progress = new Progress("records pulled", err);
        long added = new Pull(source, writer, ranges).run(progress::at);
        out.println(directory + ": " + added + " records added, " + total(writer) + " in all");
      }
    }
  }

  private static long total(ArchiveWriter writer) {
    return writer.manifest().segments().stream().mapToLong(s -> s.records()).sum();
  }
}

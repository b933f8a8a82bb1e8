package dev.irqledger.cli.archive;

import dev.irqledger.cli.LogOptions;
import dev.irqledger.cli.Progress;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.replay.archive.ArchiveWriter;
import dev.irqledger.replay.archive.Pull;
import dev.irqledger.wire.topic.Topic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A pull from Kafka into an archive, and the line that tells of it. */
record PullRun(LogOptions log, Path directory, PrintWriter out, PrintWriter err) {
  /**
   * Makes an archive of the log, or adds to it what it lacks.
   *
   * @param checkpointEvery the distance of the checkpoints, null for that of the archive
   */
  void pull(@Nullable Long checkpointEvery) {
    try (LogSource source = log.open()) {
      SortedMap<Integer, PartitionRange> ranges = source.ranges();
      try (ArchiveWriter writer =
          ArchiveWriter.exists(directory)
              ? ArchiveWriter.open(directory, log.cluster().lookups())
              : ArchiveWriter.create(
                  directory,
                  log.cluster().lookups(),
                  Topic.EVENTS.topicName(),
                  ranges.size(),
                  checkpointEvery == null
                      ? ArchiveWriter.DEFAULT_CHECKPOINT_EVERY
                      : checkpointEvery)) {
        requireDistance(writer, checkpointEvery);
        run(source, ranges, writer);
      }
    }
  }

  /** Adds to an archive that is there. */
  void append() {
    try (LogSource source = log.open();
        ArchiveWriter writer = ArchiveWriter.open(directory, log.cluster().lookups())) {
      run(source, source.ranges(), writer);
    }
  }

  private void run(
      LogSource source, SortedMap<Integer, PartitionRange> ranges, ArchiveWriter writer) {
    if (!writer.manifest().topic().equals(Topic.EVENTS.topicName())) {
      throw new ReplayException(
          Kind.WRONG_USE,
          directory + " holds imported recordings, no copy of a topic: name another directory");
    }
    Progress progress = new Progress("records pulled", err);
    long added = new Pull(source, writer, ranges).run(progress::at);
    out.println(directory + ": " + added + " records added, " + total(writer) + " in all");
  }

  private void requireDistance(ArchiveWriter writer, @Nullable Long checkpointEvery) {
    long its = writer.manifest().checkpointEvery();
    if (checkpointEvery != null && checkpointEvery != its) {
      throw new ReplayException(
          Kind.WRONG_USE,
          directory
              + " has its checkpoints every "
              + its
              + " records: drop --checkpoint-every, or name a new directory");
    }
  }

  private static long total(ArchiveWriter writer) {
    return writer.manifest().segments().stream().mapToLong(s -> s.records()).sum();
  }
}

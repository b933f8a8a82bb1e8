package dev.irqledger.cli.archive;

import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.archive.Manifest;
import dev.irqledger.replay.archive.Manifest.Segment;
import dev.irqledger.replay.archive.Manifest.Stored;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an archive holds of a partition.
 *
 * @param firstTime the log time of its first record, null where there is none
 * @param lastTime the latest log time
 * @param eventBytes what its records take, packed
 * @param indexBytes what their index takes
 * @param checkpointBytes what the states take
 */
record Held(
    int partition,
    PartitionRange range,
    long records,
    @Nullable Instant firstTime,
    @Nullable Instant lastTime,
    int segments,
    long eventBytes,
    long indexBytes,
    int checkpoints,
    long checkpointBytes) {

  static List<Held> of(Manifest manifest) {
    return manifest.partitions().keySet().stream().map(p -> of(manifest, p)).toList();
  }

  private static Held of(Manifest manifest, int partition) {
    List<Segment> segments = manifest.segmentsOf(partition);
    List<Stored> checkpoints = manifest.checkpointsOf(partition);
    return new Held(
        partition,
        manifest.partitions().getOrDefault(partition, PartitionRange.EMPTY),
        segments.stream().mapToLong(Segment::records).sum(),
        segments.isEmpty() ? null : Instant.ofEpochMilli(segments.getFirst().firstLogTime()),
        segments.isEmpty()
            ? null
            : Instant.ofEpochMilli(
                segments.stream().mapToLong(Segment::maxLogTime).max().orElse(0)),
        segments.size(),
        segments.stream().mapToLong(s -> s.events().bytes()).sum(),
        segments.stream().mapToLong(s -> s.blocks().bytes() + s.ids().bytes()).sum(),
        checkpoints.size(),
        checkpoints.stream().mapToLong(c -> c.file().bytes()).sum());
  }
}

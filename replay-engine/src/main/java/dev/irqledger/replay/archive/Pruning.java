package dev.irqledger.replay.archive;

import dev.irqledger.replay.Checkpoint;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.archive.Manifest.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Drops the begin of a partition. */
final class Pruning {
  private Pruning() {}

  /** The manifest without what is before the latest checkpoint up to {@code last}. */
  static Manifest prune(Workplace place, Manifest manifest, int partition, long last)
      throws IOException {
    try (ArchiveLogSource archive = ArchiveLogSource.of(place.directory(), manifest)) {
      Checkpoint base = archive.checkpoints().latest(partition, last);
      PartitionRange range = manifest.partitions().getOrDefault(partition, PartitionRange.EMPTY);
      if (base == null || base.last() < range.begin()) {
        return manifest;
      }
      long begin = base.last() + 1;
      List<Segment> kept = new ArrayList<>();
      for (Segment segment : manifest.segmentsOf(partition)) {
        if (segment.first() >= begin) {
          kept.add(segment);
        } else if (segment.last() >= begin) {
          kept.add(rest(place, archive, segment, begin));
        }
      }
      return manifest.with(
          partition,
          new PartitionRange(begin, range.end()),
          kept,
          manifest.checkpointsOf(partition).stream().filter(c -> c.last() >= base.last()).toList());
    }
  }

  private static Segment rest(
      Workplace place, ArchiveLogSource archive, Segment segment, long begin) throws IOException {
    try (SegmentWriter writer = Copy.of(place, archive, segment, begin)) {
      if (writer == null) {
        throw ArchiveFailures.damaged(
            place.directory().resolve(segment.events().name()), "it lacks records");
      }
      return writer.publish();
    }
  }
}

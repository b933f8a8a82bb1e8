package dev.irqledger.replay.archive;

import dev.irqledger.replay.DeviceFold;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.archive.Manifest.Segment;
import dev.irqledger.replay.archive.Manifest.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds records to one partition of an archive, folds them, and sets checkpoints. */
final class PartitionWriter implements AutoCloseable {
  private final Workplace place;
  private final int partition;
  private final long checkpointEvery;
  private final DeviceFold fold;
  private final List<Segment> segments;
  private final List<Stored> checkpoints;
  private final long begin;

  private @Nullable SegmentWriter segment;
  private @Nullable UUID eventId;
  private long last = -1;
  private long recordsSince;
  private long bytesSince;
  private long lastStateBytes;

  private PartitionWriter(Workplace place, Manifest manifest, int partition) {
    this.place = place;
    this.partition = partition;
    this.checkpointEvery = manifest.checkpointEvery();
    this.begin = manifest.partitions().getOrDefault(partition, PartitionRange.EMPTY).begin();
    this.segments = new ArrayList<>(manifest.segmentsOf(partition));
    this.checkpoints = new ArrayList<>(manifest.checkpointsOf(partition));
    this.fold = new DeviceFold(place.events(), _ -> true, (_, event, _) -> eventId = event.id());
  }

  /**
   * Goes on where the archive ends: with the states that it holds, and in its last segment where
   * that is not full. So many small appends make no more files than one pull.
   */
  static PartitionWriter resume(Workplace place, Manifest manifest, int partition)
      throws IOException {
    PartitionWriter writer = new PartitionWriter(place, manifest, partition);
    try (ArchiveLogSource archive = ArchiveLogSource.of(place.directory(), manifest)) {
      writer.resumeFold(archive);
      writer.reopen(archive);
    }
    return writer;
  }

  private void resumeFold(ArchiveLogSource archive) {
    long from = begin;
    if (archive.checkpoints().latest(partition, Long.MAX_VALUE) instanceof StoredCheckpoint there) {
      fold.begin(there, "");
      lastStateBytes = there.stored().stateBytes();
      from = there.last() + 1;
    }
    archive.read(
        only(from),
        only(Long.MAX_VALUE),
        record -> {
          note(record);
          return true;
        });
  }

  private void note(LogRecord record) {
    boolean _ = fold.accept(record);
    last = record.offset();
    recordsSince++;
    bytesSince += Sizes.of(record);
  }

  /** The records of a segment that is not full are copied to the new one, which takes its place. */
  private void reopen(ArchiveLogSource archive) throws IOException {
    if (segments.isEmpty()) {
      return;
    }
    Segment old = segments.getLast();
    if (place.limits().full(old.records(), old.events().bytes())) {
      return;
    }
    segment = Copy.of(place, archive, old, old.first());
    segments.removeLast();
  }

  private SortedMap<Integer, Long> only(long offset) {
    return new TreeMap<>(Map.of(partition, offset));
  }

  void add(LogRecord record) throws IOException {
    place.schemas().keepFor(record);
    eventId = null;
    note(record);
    SegmentWriter open = segment;
    if (open == null) {
      open = new SegmentWriter(place.disk(), place.directory(), record);
      segment = open;
    }
    open.add(record, eventId);
    if (recordsSince >= checkpointEvery && bytesSince >= lastStateBytes) {
      checkpoint();
    }
  }

  /**
   * Checkpoints but for the last together are no larger than the records: each waits until as many
   * bytes of records have come as the one before it took.
   */
  private void checkpoint() throws IOException {
    place.schemas().keepStates();
    Stored stored = place.checkpoints().write(partition, last, fold);
    checkpoints.add(stored);
    lastStateBytes = stored.stateBytes();
    recordsSince = 0;
    bytesSince = 0;
  }

  boolean isFull() {
    return segment != null && place.limits().full(segment.records(), segment.bytes());
  }

  /**
   * Ends the segment.
   *
   * @param end up to where the partition was read, where that is behind the last record
   * @return the manifest with all that is there of this partition
   */
  Manifest publish(Manifest manifest, long end) throws IOException {
    if (segment != null) {
      segments.add(segment.publish());
      segment = null;
    }
    PartitionRange range = new PartitionRange(begin, Math.max(last + 1, end));
    return manifest.with(partition, range, segments, checkpoints);
  }

  @Override
  public void close() throws IOException {
    if (segment != null) {
      segment.close();
    }
  }
}

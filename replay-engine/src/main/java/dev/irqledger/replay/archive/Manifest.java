package dev.irqledger.replay.archive;

import dev.irqledger.replay.PartitionRange;
import dev.irqledger.wire.Fingerprint;
import dev.irqledger.wire.WireSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an archive consists of. A file that is not named here is none of it.
 *
 * @param topic the topic whose records these are
 * @param checkpointEvery the least number of records between two checkpoints of a partition
 * @param partitions what is held of each partition: from which offset on, and up to which
 * @param schemas the schemas of the records, by fingerprint
 * @param keys by which keys hosts sign, and when they must; null where nobody was enrolled
 * @param segments the records, by partition and offset
 * @param checkpoints the folded states, by partition and offset
 */
public record Manifest(
    String topic,
    long checkpointEvery,
    SortedMap<Integer, PartitionRange> partitions,
    SortedMap<Long, StoredFile> schemas,
    @Nullable StoredFile keys,
    List<Segment> segments,
    List<Stored> checkpoints) {

  /**
   * Which fold made the checkpoints: the number is raised with each change of the fold that gives
   * other states for the same events; the fingerprint changes with what a state holds.
   */
  static final String FOLD = "1-" + Fingerprint.hex(WireSchema.DEVICE_STATE.fingerprint());

  /**
   * Records of a partition that follow each other.
   *
   * @param first the offset of the first one
   * @param last the offset of the last one
   * @param records how many they are
   * @param firstLogTime the log time of the first one, milliseconds since 1970
   * @param maxLogTime the latest of their log times, milliseconds since 1970
   * @param lowId the least of their events' ids, empty where there is no event
   * @param highId the greatest
   * @param events the file with the records
   * @param blocks where its blocks are
   * @param ids their events' ids
   */
  public record Segment(
      int partition,
      long first,
      long last,
      long records,
      long firstLogTime,
      long maxLogTime,
      String lowId,
      String highId,
      StoredFile events,
      StoredFile blocks,
      StoredFile ids) {
    public Segment {
      if (partition < 0 || first < 0 || last < first || records < 1) {
        throw new IllegalArgumentException("no records of a partition: " + events.name());
      }
    }

    List<StoredFile> files() {
      return List.of(events, blocks, ids);
    }
  }

  /**
   * A checkpoint.
   *
   * @param last the offset of the last record in it
   * @param logTime the latest log time of the records in it, milliseconds since 1970
   * @param unreadable how many of those could not be decoded
   * @param firstUnreadable the first of these, in words
   * @param devices how many devices it holds
   * @param stateBytes how many bytes their states take, unpacked
   * @param fold which fold made it
   */
  public record Stored(
      int partition,
      long last,
      long logTime,
      long unreadable,
      String firstUnreadable,
      long devices,
      long stateBytes,
      String fold,
      StoredFile file) {}

  public Manifest {
    partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
    schemas = Collections.unmodifiableSortedMap(new TreeMap<>(schemas));
    segments = List.copyOf(segments);
    checkpoints = List.copyOf(checkpoints);
  }

  /** Of an archive that holds nothing yet. */
  static Manifest empty(String topic, long checkpointEvery, int partitionCount) {
    SortedMap<Integer, PartitionRange> partitions = new TreeMap<>();
    for (int i = 0; i < partitionCount; i++) {
      partitions.put(i, PartitionRange.EMPTY);
    }
    return new Manifest(
        topic, checkpointEvery, partitions, new TreeMap<>(), null, List.of(), List.of());
  }

  /** The segments of a partition, in order. */
  public List<Segment> segmentsOf(int partition) {
    return segments.stream().filter(s -> s.partition() == partition).toList();
  }

  /** The checkpoints of a partition, in order. */
  public List<Stored> checkpointsOf(int partition) {
    return checkpoints.stream().filter(c -> c.partition() == partition).toList();
  }

  /** Everything that belongs to the archive, the manifest itself not counted. */
  public Stream<StoredFile> files() {
    return Stream.of(
            schemas.values().stream(),
            Stream.ofNullable(keys),
            segments.stream().flatMap(s -> s.files().stream()),
            checkpoints.stream().map(Stored::file))
        .flatMap(files -> files);
  }

  Set<String> names() {
    Set<String> names = new HashSet<>();
    files().forEach(file -> names.add(file.name()));
    return names;
  }

  /** With this of one partition in the place of what was there. */
  Manifest with(
      int partition, PartitionRange range, List<Segment> itsSegments, List<Stored> itsCheckpoints) {
    SortedMap<Integer, PartitionRange> ranges = new TreeMap<>(partitions);
    ranges.put(partition, range);
    List<Segment> newSegments = new ArrayList<>();
    List<Stored> newCheckpoints = new ArrayList<>();
    for (int p : ranges.keySet()) {
      newSegments.addAll(p == partition ? itsSegments : segmentsOf(p));
      newCheckpoints.addAll(p == partition ? itsCheckpoints : checkpointsOf(p));
    }
    return new Manifest(topic, checkpointEvery, ranges, schemas, keys, newSegments, newCheckpoints);
  }

  /** With these beside the records. */
  Manifest with(SortedMap<Long, StoredFile> itsSchemas, @Nullable StoredFile itsKeys) {
    return new Manifest(
        topic, checkpointEvery, partitions, itsSchemas, itsKeys, segments, checkpoints);
  }
}

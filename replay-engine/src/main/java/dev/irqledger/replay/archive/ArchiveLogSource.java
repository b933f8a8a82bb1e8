package dev.irqledger.replay.archive;

import dev.irqledger.replay.Checkpoints;
import dev.irqledger.replay.EventIndex;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.archive.Form.Block;
import dev.irqledger.replay.archive.Form.EventAt;
import dev.irqledger.replay.archive.Manifest.Segment;
import dev.irqledger.replay.archive.Manifest.Stored;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.Fingerprint;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SchemaCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The log as an archive holds it. What it reads does not grow with the length of the history: it
 * opens the files that it needs, and jumps in them.
 */
public final class ArchiveLogSource implements LogSource {
  private final Path directory;
  private final Manifest manifest;
  private final SchemaCatalog schemas;
  private final ArchivedEnrolments enrolments;
  private final DeviceStateCodec states;
  private final LongAdder bytesRead = new LongAdder();

  private ArchiveLogSource(Path directory, Manifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
    this.schemas = new SchemaCatalog(new ArchivedSchemas(directory, manifest));
    this.enrolments =
        new ArchivedEnrolments(
            manifest.keys() == null ? null : directory.resolve(manifest.keys().name()),
            schemas,
            bytesRead);
    this.states = new DeviceStateCodec(schemas);
  }

  /**
   * Opens an archive as it is now; what is appended later is not seen.
   *
   * @throws ReplayException if there is none, or it cannot be read
   */
  public static ArchiveLogSource open(Path directory) {
    return new ArchiveLogSource(directory, ManifestText.read(directory));
  }

  static ArchiveLogSource of(Path directory, Manifest manifest) {
    return new ArchiveLogSource(directory, manifest);
  }

  /** What the archive consists of. */
  public Manifest manifest() {
    return manifest;
  }

  /** The schemas of its records: the released ones, and those that it keeps. */
  public SchemaCatalog schemas() {
    return schemas;
  }

  /** Its schemas, and the keys that it keeps. */
  public Lookups lookups() {
    return new Lookups(schemas, enrolments);
  }

  /** The JSON texts of the schemas that it keeps, by the fingerprint in hexadecimal. */
  public SortedMap<String, String> keptSchemas() {
    ArchivedSchemas kept = new ArchivedSchemas(directory, manifest);
    SortedMap<String, String> texts = new TreeMap<>();
    for (long fingerprint : manifest.schemas().keySet()) {
      String text = kept.schema(fingerprint);
      if (text != null) {
        texts.put(Fingerprint.hex(fingerprint), text);
      }
    }
    return texts;
  }

  /** How many bytes of its files were read so far, the manifest not counted. */
  public long bytesRead() {
    return bytesRead.sum();
  }

  @Override
  public SortedMap<Integer, PartitionRange> ranges() {
    return manifest.partitions();
  }

  @Override
  public SortedMap<Integer, Long> firstAfter(Instant time) {
    SortedMap<Integer, Long> first = new TreeMap<>();
    for (Segment segment : manifest.segments()) {
      if (!first.containsKey(segment.partition()) && segment.maxLogTime() > time.toEpochMilli()) {
        first.put(segment.partition(), firstAfter(segment, time.toEpochMilli()));
      }
    }
    return first;
  }

  private long firstAfter(Segment segment, long millis) {
    long position = 0;
    try (RowsIn<Block> blocks = RowsIn.open(path(segment.blocks()), new Form.Blocks(), bytesRead)) {
      Block block = blocks.next();
      while (block.maxLogTime() <= millis && blocks.hasNext()) {
        block = blocks.next();
      }
      position = block.position();
    }
    try (RowsIn<LogRecord> rows = records(segment)) {
      rows.seek(position);
      while (rows.hasNext()) {
        LogRecord record = rows.next();
        if (record.logTimeMillis() > millis) {
          return record.offset();
        }
      }
    }
    throw ArchiveFailures.damaged(path(segment.events()), "it lacks a record that its index names");
  }

  @Override
  public void read(SortedMap<Integer, Long> last, Sink sink) {
    read(Collections.emptySortedMap(), last, sink);
  }

  @Override
  public void read(SortedMap<Integer, Long> from, SortedMap<Integer, Long> last, Sink sink) {
    for (Segment segment : manifest.segments()) {
      long to = last.getOrDefault(segment.partition(), -1L);
      long begin =
          Math.max(
              from.getOrDefault(segment.partition(), 0L),
              ranges().getOrDefault(segment.partition(), PartitionRange.EMPTY).begin());
      if (segment.last() >= begin && segment.first() <= to && !read(segment, begin, to, sink)) {
        return;
      }
    }
  }

  /** Each reading opens the files that it needs. */
  @Override
  public boolean readsSideBySide() {
    return true;
  }

  /** False where the sink wants no more. */
  private boolean read(Segment segment, long from, long to, Sink sink) {
    long count = 0;
    long before = -1;
    try (RowsIn<LogRecord> rows = records(segment)) {
      if (from > segment.first()) {
        rows.seek(blockWith(segment, from));
      }
      while (rows.hasNext()) {
        LogRecord record = rows.next();
        requireOrder(segment, before, record.offset());
        before = record.offset();
        count++;
        if (record.offset() > to) {
          return true;
        }
        if (record.offset() >= from && !sink.accept(record)) {
          return false;
        }
      }
    }
    boolean whole = from <= segment.first();
    if (before != segment.last() || (whole && count != segment.records())) {
      throw ArchiveFailures.damaged(path(segment.events()), "it lacks records");
    }
    return true;
  }

  private void requireOrder(Segment segment, long before, long offset) {
    if (offset <= before || offset < segment.first() || offset > segment.last()) {
      throw ArchiveFailures.damaged(
          path(segment.events()), "offset " + offset + " after " + before);
    }
  }

  private long blockWith(Segment segment, long offset) {
    try (RowsIn<Block> blocks = RowsIn.open(path(segment.blocks()), new Form.Blocks(), bytesRead)) {
      Block found = blocks.next();
      while (blocks.hasNext()) {
        Block next = blocks.next();
        if (next.offset() > offset) {
          break;
        }
        found = next;
      }
      return found.position();
    }
  }

  private RowsIn<LogRecord> records(Segment segment) {
    return RowsIn.open(path(segment.events()), new Form.Records(segment.partition()), bytesRead);
  }

  private Path path(StoredFile file) {
    return directory.resolve(file.name());
  }

  @Override
  public Checkpoints checkpoints() {
    return this::checkpoint;
  }

  /** One that another fold made counts only where the records before it are gone. */
  private @Nullable StoredCheckpoint checkpoint(int partition, long last) {
    PartitionRange range = ranges().getOrDefault(partition, PartitionRange.EMPTY);
    return manifest.checkpointsOf(partition).reversed().stream()
        .filter(c -> c.last() <= last)
        .filter(c -> c.fold().equals(Manifest.FOLD) || c.last() == range.begin() - 1)
        .findFirst()
        .map(this::checkpoint)
        .orElse(null);
  }

  StoredCheckpoint checkpoint(Stored stored) {
    return new StoredCheckpoint(path(stored.file()), stored, states, bytesRead);
  }

  @Override
  public Optional<EventIndex> eventIndex() {
    return Optional.of(this::find);
  }

  private @Nullable LogRecord find(UUID id) {
    String text = id.toString();
    for (Segment segment : manifest.segments()) {
      if (segment.lowId().compareTo(text) <= 0 && text.compareTo(segment.highId()) <= 0) {
        long offset = offset(segment, id);
        if (offset >= 0) {
          return record(segment, offset);
        }
      }
    }
    return null;
  }

  private long offset(Segment segment, UUID id) {
    try (RowsIn<EventAt> rows = RowsIn.open(path(segment.ids()), new Form.Ids(), bytesRead)) {
      rows.seekSorted(row -> EventAt.compare(row.id(), id));
      while (rows.hasNext()) {
        EventAt row = rows.next();
        int order = EventAt.compare(row.id(), id);
        if (order >= 0) {
          return order == 0 ? row.offset() : -1;
        }
      }
      return -1;
    }
  }

  private LogRecord record(Segment segment, long offset) {
    LogRecord[] found = {null};
    boolean _ =
        read(
            segment,
            offset,
            offset,
            record -> {
              found[0] = record;
              return false;
            });
    if (found[0] == null) {
      throw ArchiveFailures.damaged(
          path(segment.ids()), "it names offset " + offset + ", where there is no record");
    }
    return found[0];
  }

  /** Nothing is open between two readings. */
  @Override
  public void close() {}
}

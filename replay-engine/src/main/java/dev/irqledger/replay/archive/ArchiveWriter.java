package dev.irqledger.replay.archive;

import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.wire.Lookups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Adds records to an archive. At each moment the directory holds a valid archive: a file counts
 * from when the manifest names it, and the manifest is replaced in one step. Where a writer was
 * killed, the next one goes on behind the last record that the manifest knows.
 */
public final class ArchiveWriter implements AutoCloseable {
  /** How far checkpoints are apart, at least, unless the archive's maker says otherwise. */
  public static final long DEFAULT_CHECKPOINT_EVERY = 10_000;

  private final Workplace place;
  private final WriteLock lock;
  private final SortedMap<Integer, PartitionWriter> partitions = new TreeMap<>();
  private Manifest manifest;

  private ArchiveWriter(Workplace place, WriteLock lock, Manifest manifest) {
    this.place = place;
    this.lock = lock;
    this.manifest = manifest;
  }

  /** True where the directory holds an archive, whole or not. */
  public static boolean exists(Path directory) {
    return Files.exists(Layout.manifest(directory));
  }

  /**
   * Makes an archive that holds nothing yet.
   *
   * @param lookups where the records' schemas and the keys of hosts are looked up
   * @param topic the topic whose records it will hold
   * @param partitions how many partitions that has
   * @throws ReplayException if there is one already, or it cannot be written
   */
  public static ArchiveWriter create(
      Path directory, Lookups lookups, String topic, int partitions, long checkpointEvery) {
    return create(
        Disk.REAL,
        Limits.DEFAULT,
        directory,
        lookups,
        Manifest.empty(topic, checkpointEvery, partitions));
  }

  static ArchiveWriter create(
      Disk disk, Limits limits, Path directory, Lookups lookups, Manifest empty) {
    if (exists(directory)) {
      throw new ReplayException(
          Kind.ARCHIVE_UNWRITABLE, directory + " holds an archive already: append to that one");
    }
    requireEmpty(directory);
    return begin(disk, limits, directory, lookups, empty);
  }

  /** What lies there may be anything: it is not for us to take over. */
  private static void requireEmpty(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> there = Files.list(directory)) {
      boolean foreign =
          there
              .map(file -> file.getFileName().toString())
              .anyMatch(name ->
                  !Layout.DIRECTORIES.contains(name)
                      && !name.equals(Layout.LOCK)
                      && !name.equals(Layout.MANIFEST + Layout.UNFINISHED));
      if (foreign) {
        throw new ReplayException(
            Kind.ARCHIVE_UNWRITABLE,
            directory + " holds other files and no archive: name a new directory");
      }
    } catch (IOException e) {
      throw ArchiveFailures.unwritable(directory, e);
    }
  }

  /**
   * Opens an archive to add to it.
   *
   * @param lookups where the records' schemas and the keys of hosts are looked up
   * @throws ReplayException if there is none, it is damaged or cannot be written
   */
  public static ArchiveWriter open(Path directory, Lookups lookups) {
    return open(Disk.REAL, Limits.DEFAULT, directory, lookups);
  }

  static ArchiveWriter open(Disk disk, Limits limits, Path directory, Lookups lookups) {
    return begin(disk, limits, directory, lookups, ManifestText.read(directory));
  }

  private static ArchiveWriter begin(
      Disk disk, Limits limits, Path directory, Lookups lookups, Manifest manifest) {
    try {
      disk.createDirectories(directory);
      for (String below : Layout.DIRECTORIES) {
        disk.createDirectories(directory.resolve(below));
      }
      WriteLock lock = WriteLock.take(directory);
      boolean begun = false;
      try {
        ArchiveWriter writer = locked(disk, limits, directory, lookups, manifest, lock);
        begun = true;
        return writer;
      } finally {
        if (!begun) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw ArchiveFailures.unwritable(directory, e);
    }
  }

  private static ArchiveWriter locked(
      Disk disk, Limits limits, Path directory, Lookups lookups, Manifest manifest, WriteLock lock)
      throws IOException {
    // Read again: the writer before us may have ended just now.
    Manifest now = exists(directory) ? ManifestText.read(directory) : manifest;
    Workplace place = Workplace.of(disk, limits, directory, lookups, now);
    ArchiveWriter writer = new ArchiveWriter(place, lock, now);
    if (exists(directory)) {
      place.sweep(now);
    } else {
      writer.replaceManifest(now);
    }
    return writer;
  }

  /** What the archive consists of by now. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * Adds a record: of each partition the next one.
   *
   * @throws ReplayException if it cannot be written
   */
  public void accept(LogRecord record) {
    writing(() -> {
      PartitionWriter writer = partitions.get(record.partition());
      if (writer == null) {
        writer = PartitionWriter.resume(place, manifest, record.partition());
        partitions.put(record.partition(), writer);
      }
      writer.add(record);
      if (writer.isFull()) {
        replaceManifest(writer.publish(manifest, 0));
      }
    });
  }

  /**
   * Makes all that was added part of the archive.
   *
   * @param ends how far each partition was read, which may be behind its last record
   */
  public void finish(SortedMap<Integer, Long> ends) {
    writing(() -> {
      Manifest all = manifest;
      for (var end : ends.entrySet()) {
        PartitionWriter writer = partitions.get(end.getKey());
        all =
            writer == null
                ? Workplace.upTo(all, end.getKey(), end.getValue())
                : writer.publish(all, end.getValue());
      }
      if (!whole(all).equals(manifest)) {
        replaceManifest(all);
      }
    });
  }

  /**
   * Drops what is before the point, but for a checkpoint to begin with: for each partition the
   * latest one that is not after the point. Where there is none, nothing is dropped.
   *
   * @param last the last record before the point, for each partition
   */
  public void prune(SortedMap<Integer, Long> last) {
    writing(() -> {
      Manifest pruned = manifest;
      for (int partition : manifest.partitions().keySet()) {
        pruned = Pruning.prune(place, pruned, partition, last.getOrDefault(partition, -1L));
      }
      replaceManifest(pruned);
      place.sweep(pruned);
    });
  }

  /** With what lies beside the records. */
  private Manifest whole(Manifest next) throws IOException {
    return next.with(place.schemas().kept(), place.keys().kept());
  }

  private void replaceManifest(Manifest next) throws IOException {
    Manifest whole = whole(next);
    try (NewFile file = new NewFile(place.disk(), place.directory(), Layout.MANIFEST)) {
      file.content().write(ManifestText.print(whole));
      file.replace(Layout.manifest(place.directory()));
    }
    manifest = whole;
  }

  private interface Work {
    void run() throws IOException;
  }

  private void writing(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw ArchiveFailures.unwritable(place.directory(), e);
    }
  }

  /** The range of a partition up to which all records are in the archive. */
  public PartitionRange range(int partition) {
    return manifest.partitions().getOrDefault(partition, PartitionRange.EMPTY);
  }

  /** Reads one record that the archive holds. */
  void read(int partition, long offset, Consumer<LogRecord> sink) {
    SortedMap<Integer, Long> only = new TreeMap<>(Map.of(partition, offset));
    try (ArchiveLogSource archive = ArchiveLogSource.of(place.directory(), manifest)) {
      archive.read(
          only,
          only,
          record -> {
            sink.accept(record);
            return true;
          });
    }
  }

  /** Ends without {@link #finish}: what was not published is swept by the next writer. */
  @Override
  public void close() {
    writing(() -> {
      try (lock) {
        for (PartitionWriter writer : partitions.values()) {
          writer.close();
        }
      }
    });
  }
}

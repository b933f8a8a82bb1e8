package dev.irqledger.replay.archive;

import dev.irqledger.replay.PartitionRange;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.Lookups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the writers of one archive share.
 *
 * @param disk changes files
 * @param limits when a segment is full
 * @param directory the archive's
 * @param schemas keeps the records' schemas
 * @param keys keeps the keys of hosts that sign
 * @param events decodes the records
 * @param checkpoints writes the states
 */
record Workplace(
    Disk disk,
    Limits limits,
    Path directory,
    SchemaShelf schemas,
    KeyShelf keys,
    EventCodec events,
    CheckpointWriter checkpoints) {

  static Workplace of(
      Disk disk, Limits limits, Path directory, Lookups lookups, Manifest manifest) {
    return new Workplace(
        disk,
        limits,
        directory,
        new SchemaShelf(disk, directory, lookups.schemas(), manifest.schemas()),
        new KeyShelf(disk, directory, lookups.enrolments(), manifest.keys()),
        lookups.codec(),
        new CheckpointWriter(disk, directory, new DeviceStateCodec(lookups.schemas())));
  }

  /** Deletes what a killed writer left, and what the manifest no longer names. */
  void sweep(Manifest manifest) throws IOException {
    Set<String> names = manifest.names();
    for (String below : Layout.DIRECTORIES) {
      List<Path> files;
      try (Stream<Path> there = Files.list(directory.resolve(below))) {
        files = there.toList();
      }
      for (Path file : files) {
        if (!names.contains(below + "/" + file.getFileName())) {
          disk.delete(file);
        }
      }
    }
    disk.delete(directory.resolve(Layout.MANIFEST + Layout.UNFINISHED));
  }

  /** A partition of which nothing more came, read further. */
  static Manifest upTo(Manifest manifest, int partition, long end) {
    PartitionRange range = manifest.partitions().getOrDefault(partition, PartitionRange.EMPTY);
    return manifest.with(
        partition,
        new PartitionRange(range.begin(), Math.max(range.end(), end)),
        manifest.segmentsOf(partition),
        manifest.checkpointsOf(partition));
  }
}

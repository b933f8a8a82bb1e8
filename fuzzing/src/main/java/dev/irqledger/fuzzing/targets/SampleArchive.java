package dev.irqledger.fuzzing.targets;

import dev.irqledger.fuzzing.seed.RecordedEvents;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.archive.ArchiveWriter;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SealedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A small archive as the archive's own writer makes it. */
final class SampleArchive {
  static final String MANIFEST = "manifest.jsonl";

  private static final int CHECKPOINT_EVERY = 4;
  private static final long LOG_TIME_MS = 1_790_000_000_000L;

  private SampleArchive() {}

  static void write(Path directory) {
    try (ArchiveWriter writer =
        ArchiveWriter.create(
            directory, Lookups.releasedOnly(), "irq.events", 1, CHECKPOINT_EVERY)) {
      long offset = 0;
      for (SealedEvent event : RecordedEvents.sealed().toList()) {
        writer.accept(
            new LogRecord(
                0,
                offset,
                LOG_TIME_MS + offset++,
                event.key().getBytes(StandardCharsets.UTF_8),
                event.bytes()));
      }
      SortedMap<Integer, Long> ends = new TreeMap<>();
      ends.put(0, offset);
      writer.finish(ends);
    }
  }

  /** The names of its files, in a fixed order. */
  static List<String> files(Path directory) throws IOException {
    try (var there = Files.walk(directory)) {
      return there
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .filter(name -> !name.equals("lock"))
          .sorted()
          .toList();
    }
  }
}

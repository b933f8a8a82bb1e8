package dev.irqledger.cli.imports;

import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.archive.ArchiveWriter;
import dev.irqledger.replay.archive.Manifest;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SealedEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts imported events into an archive of one partition, in order: so operation N of the first
 * recording is at offset N. Their log time is that of the import.
 */
public final class ArchiveSink implements EventSink {
  /** Stands in the place of a topic's name: such an archive is a copy of no topic. */
  private static final String RECORDINGS = "recordings";

  private static final int PARTITION = 0;

  private final ArchiveWriter writer;
  private final InstantSource clock;
  private long offset;

  private ArchiveSink(ArchiveWriter writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
    this.offset = writer.range(PARTITION).end();
  }

  /**
   * Opens an archive of recordings, or makes one.
   *
   * @throws ReplayException if it cannot be written, or is a copy of a topic
   */
  public static ArchiveSink open(Path directory, InstantSource clock) {
    Lookups lookups = Lookups.releasedOnly();
    ArchiveWriter writer =
        ArchiveWriter.exists(directory)
            ? ArchiveWriter.open(directory, lookups)
            : ArchiveWriter.create(
                directory, lookups, RECORDINGS, 1, ArchiveWriter.DEFAULT_CHECKPOINT_EVERY);
    Manifest manifest = writer.manifest();
    if (!manifest.topic().equals(RECORDINGS)) {
      writer.close();
      throw new ReplayException(
          ReplayException.Kind.WRONG_USE,
          directory
              + " is a copy of the topic "
              + manifest.topic()
              + ", to which nothing else is added: name another directory");
    }
    return new ArchiveSink(writer, clock);
  }

  @Override
  public void send(SealedEvent event) {
    writer.accept(
        new LogRecord(
            PARTITION,
            offset++,
            clock.millis(),
            event.key().getBytes(StandardCharsets.UTF_8),
            event.bytes()));
  }

  @Override
  public void flush() {
    SortedMap<Integer, Long> ends = new TreeMap<>();
    ends.put(PARTITION, offset);
    writer.finish(ends);
  }

  @Override
  public void close() {
    writer.close();
  }
}

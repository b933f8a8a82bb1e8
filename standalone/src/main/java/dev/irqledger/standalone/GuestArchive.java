package dev.irqledger.standalone;

import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.archive.ArchiveWriter;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * An archive of what a fleet of guests does, written as a pull writes it.
 *
 * @param directory where it is
 * @param events how many events it holds
 * @param begin log time before the first record
 * @param end log time of the last record
 */
public record GuestArchive(Path directory, long events, Instant begin, Instant end) {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /**
   * Makes one.
   *
   * @param hosts how many hosts
   * @param devices how many devices, the same number on each host
   * @param progress is told how many events are written, every 100,000
   */
  public static GuestArchive write(
      Path directory, long events, int hosts, int devices, int partitions, LongConsumer progress) {
    GuestFleet fleet = new GuestFleet(hosts, devices / hosts, BEGIN, 1);
    SortedMap<Integer, Long> ends = new TreeMap<>();
    long logTime = BEGIN.toEpochMilli();
    try (ArchiveWriter writer =
        ArchiveWriter.create(
            directory,
            Lookups.releasedOnly(),
            Topic.EVENTS.topicName(),
            partitions,
            ArchiveWriter.DEFAULT_CHECKPOINT_EVERY)) {
      for (long i = 0; i < events; i++) {
        SealedEvent event = fleet.next();
        int partition = HostPartitioner.partition(event.event().device().host(), partitions);
        long offset = ends.merge(partition, 1L, Long::sum) - 1;
        logTime = event.event().hostTimeMicros() / 1000 + 3;
        byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
        writer.accept(new LogRecord(partition, offset, logTime, key, event.bytes()));
        if ((i + 1) % 100_000 == 0) {
          progress.accept(i + 1);
        }
      }
      writer.finish(ends);
    }
    return new GuestArchive(directory, events, BEGIN, Instant.ofEpochMilli(logTime));
  }
}

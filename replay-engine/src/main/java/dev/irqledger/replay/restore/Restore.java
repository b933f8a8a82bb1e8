package dev.irqledger.replay.restore;

import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.wire.topic.Topic;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/**
 * Writes an archive's records into a log that is empty, or that holds their beginning: bytes,
 * order, offsets and log times are the archive's afterwards. Meanwhile the topic takes the
 * producer's timestamps (KIP-32), and nobody else may write to it.
 */
public final class Restore {
  private final ArchiveLogSource archive;
  private final LogSource log;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;

  /** Hears of the progress. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param done how many records were written so far
     * @param all how many will be
     */
    void written(long done, long all);
  }

  /**
   * What came of it.
   *
   * @param written how many records were written
   * @param there how many were there before
   */
  public record Restored(long written, long there) {}

  /**
   * @param log the log that is written to; closed by the caller, as the others are
   * @param producer with {@link dev.irqledger.wire.topic.ProducerSettings#idempotent}, for bytes as
   *     keys
   */
  public Restore(
      ArchiveLogSource archive, LogSource log, Admin admin, Producer<byte[], byte[]> producer) {
    this.archive = archive;
    this.log = log;
    this.admin = admin;
    this.producer = producer;
  }

  /**
   * Restores, and compares what is there afterwards with the archive. Run again after it was
   * interrupted, it goes on.
   *
   * @throws ReplayException if the archive does not begin with the log's beginning, the log holds
   *     something else, or is something else afterwards
   */
  public Restored run(Listener listener) {
    requireWholeHistory();
    SortedMap<Integer, Long> there = there();
    requireSame(there, "holds other records than the archive: only an empty log can be restored");
    long before = there.values().stream().mapToLong(Long::longValue).sum();
    long all = ends().values().stream().mapToLong(Long::longValue).sum();
    RecordWriter writer = new RecordWriter(producer, Topic.EVENTS.topicName(), there);
    TimestampType.PRODUCER.set(admin);
    try {
      archive.read(
          there,
          last(ends()),
          record -> {
            listener.written(writer.written(), all - before);
            return writer.write(record);
          });
      writer.finish();
    } finally {
      TimestampType.BROKER.set(admin);
    }
    requireEnds();
    requireSame(ends(), "is not what was written: somebody else wrote to it; make the topic anew");
    return new Restored(writer.written(), before);
  }

  private void requireWholeHistory() {
    archive
        .ranges()
        .forEach((partition, range) -> {
          if (range.isCut()) {
            throw new ReplayException(
                Kind.WRONG_USE,
                "the archive was pruned: partition "
                    + partition
                    + " begins at offset "
                    + range.begin()
                    + ", and Kafka's offsets begin at 0; restore from an archive that was not");
          }
        });
  }

  /** How many records of each partition the log has, which can be no more than the archive has. */
  private SortedMap<Integer, Long> there() {
    SortedMap<Integer, PartitionRange> ranges = log.ranges();
    if (!ranges.keySet().equals(archive.ranges().keySet())) {
      throw new ReplayException(
          Kind.WRONG_USE,
          "the topic has "
              + ranges.size()
              + " partitions and the archive "
              + archive.ranges().size()
              + ": make the topics with as many");
    }
    SortedMap<Integer, Long> there = new TreeMap<>();
    ranges.forEach((partition, range) -> {
      if (range.isCut() || range.end() > ends().getOrDefault(partition, 0L)) {
        throw new ReplayException(
            Kind.WRONG_USE,
            "partition " + partition + " holds more than the archive: restore into an empty log");
      }
      there.put(partition, range.end());
    });
    return there;
  }

  private SortedMap<Integer, Long> ends() {
    SortedMap<Integer, Long> ends = new TreeMap<>();
    archive.ranges().forEach((partition, range) -> ends.put(partition, range.end()));
    return ends;
  }

  private static SortedMap<Integer, Long> last(SortedMap<Integer, Long> ends) {
    SortedMap<Integer, Long> last = new TreeMap<>();
    ends.forEach((partition, end) -> last.put(partition, end - 1));
    return last;
  }

  private void requireEnds() {
    log.ranges()
        .forEach((partition, range) -> {
          if (range.end() != ends().getOrDefault(partition, 0L)) {
            throw new ReplayException(
                Kind.WRONG_USE,
                "partition "
                    + partition
                    + " ends at offset "
                    + range.end()
                    + " and in the archive at "
                    + ends().getOrDefault(partition, 0L)
                    + ": somebody else wrote to it; stop the agents, and make the topic anew");
          }
        });
  }

  /** Compares both up to those ends. */
  private void requireSame(SortedMap<Integer, Long> ends, String otherwise) {
    SortedMap<Integer, String> ours = digests(archive, ends);
    SortedMap<Integer, String> theirs = digests(log, ends);
    if (!ours.equals(theirs)) {
      throw new ReplayException(Kind.WRONG_USE, "the log " + otherwise);
    }
  }

  private static SortedMap<Integer, String> digests(
      LogSource source, SortedMap<Integer, Long> ends) {
    RecordDigests digests = new RecordDigests();
    source.read(
        last(ends),
        record -> {
          digests.add(record);
          return true;
        });
    return digests.finish();
  }
}

package dev.irqledger.replay.archive;

import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.replay.archive.Manifest.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds to an archive what the log holds beyond it, up to the log's end when the pull begins. */
public final class Pull {
  private final LogSource source;
  private final ArchiveWriter writer;
  private final SortedMap<Integer, PartitionRange> ranges;
  private final SortedMap<Integer, LogRecord> joints = new TreeMap<>();
  private long records;

  /** Hears of the progress. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param done how many records were added so far
     * @param all how many will be, at most
     */
    void added(long done, long all);
  }

  /**
   * @param ranges what the source holds
   */
  public Pull(LogSource source, ArchiveWriter writer, SortedMap<Integer, PartitionRange> ranges) {
    this.source = source;
    this.writer = writer;
    this.ranges = ranges;
  }

  /**
   * Pulls.
   *
   * @return how many records were added
   * @throws ReplayException if the log does not go on where the archive ends, cannot be read, or
   *     the archive cannot be written
   */
  public long run(Listener listener) {
    requireSamePartitions();
    SortedMap<Integer, Long> from = new TreeMap<>();
    SortedMap<Integer, Long> last = new TreeMap<>();
    SortedMap<Integer, Long> ends = new TreeMap<>();
    long all = 0;
    for (var entry : ranges.entrySet()) {
      int partition = entry.getKey();
      PartitionRange theirs = entry.getValue();
      PartitionRange ours = writer.range(partition);
      requireJoined(partition, theirs, ours);
      if (theirs.end() > ours.end()) {
        from.put(partition, joint(partition, theirs, ours));
        last.put(partition, theirs.end() - 1);
        all += theirs.end() - ours.end();
      }
      ends.put(partition, theirs.end());
    }
    long expected = all;
    source.read(from, last, record -> take(record, expected, listener));
    writer.finish(ends);
    return records;
  }

  private boolean take(LogRecord record, long all, Listener listener) {
    LogRecord joint = joints.remove(record.partition());
    if (joint != null) {
      requireSame(joint, record);
    }
    if (record.offset() >= writer.range(record.partition()).end()) {
      writer.accept(record);
      listener.added(++records, all);
    }
    return true;
  }

  private void requireSamePartitions() {
    if (!ranges.keySet().equals(writer.manifest().partitions().keySet())) {
      throw other(
          "the topic has partitions "
              + ranges.keySet()
              + " and the archive "
              + writer.manifest().partitions().keySet());
    }
  }

  private static void requireJoined(int partition, PartitionRange theirs, PartitionRange ours) {
    if (theirs.end() < ours.end()) {
      throw other(
          "partition "
              + partition
              + " ends before offset "
              + theirs.end()
              + " and in the archive before "
              + ours.end());
    }
    if (theirs.begin() > ours.end()) {
      throw new ReplayException(
          Kind.LOG_CUT,
          "partition "
              + partition
              + " begins at offset "
              + theirs.begin()
              + " and the archive ends before "
              + ours.end()
              + ": what lies between was deleted, so the archive cannot go on; keep irq.events with"
              + " retention.ms=-1 and retention.bytes=-1");
    }
  }

  /** Reading begins with the archive's last record, which must be the log's too. */
  private long joint(int partition, PartitionRange theirs, PartitionRange ours) {
    List<Segment> segments = writer.manifest().segmentsOf(partition);
    if (segments.isEmpty() || segments.getLast().last() < theirs.begin()) {
      return ours.end();
    }
    long last = segments.getLast().last();
    writer.read(partition, last, record -> joints.put(partition, record));
    return last;
  }

  private static void requireSame(LogRecord ours, LogRecord theirs) {
    if (ours.offset() != theirs.offset()
        || ours.logTimeMillis() != theirs.logTimeMillis()
        || !Arrays.equals(ours.value(), theirs.value())) {
      throw other(
          "the record at partition "
              + theirs.partition()
              + " offset "
              + ours.offset()
              + " is not the one in the archive");
    }
  }

  private static ReplayException other(String why) {
    return new ReplayException(
        Kind.WRONG_USE,
        why + ": the archive is of another log; name the right cluster, or a new directory");
  }
}

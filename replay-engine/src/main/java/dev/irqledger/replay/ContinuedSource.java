package dev.irqledger.replay;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A log that goes on where an archive of it ends: what the archive holds is read from there, with
 * its checkpoints, and only what came since from the log.
 */
public final class ContinuedSource implements LogSource {
  private final LogSource archive;
  private final LogSource log;

  /**
   * @param archive of the same log; both are closed with this
   */
  public ContinuedSource(LogSource archive, LogSource log) {
    this.archive = archive;
    this.log = log;
  }

  /**
   * Fails unless the archive is one of this log, as far as its last records that both hold tell.
   *
   * @throws ReplayException if it is not, or one of them cannot be read
   */
  public void requireSameLog() {
    SortedMap<Integer, PartitionRange> archived = archive.ranges();
    SortedMap<Integer, PartitionRange> live = log.ranges();
    if (!archived.keySet().equals(live.keySet())) {
      throw another(
          "it has the partitions " + archived.keySet() + ", the log has " + live.keySet());
    }
    archived.forEach((partition, range) -> {
      PartitionRange there = live.get(partition);
      if (there == null || there.end() < range.end()) {
        throw another("partition " + partition + " ends later than the log's");
      }
      if (there.begin() > range.end()) {
        throw another(
            "the records "
                + range.end()
                + " to "
                + (there.begin() - 1)
                + " of partition "
                + partition
                + " are in neither: append to the archive more often than the log is cut");
      }
      long last = range.end() - 1;
      if (!range.isEmpty()
          && last >= there.begin()
          && !Arrays.equals(value(archive, partition, last), value(log, partition, last))) {
        throw another("record " + last + " of partition " + partition + " is another one");
      }
    });
  }

  private static byte[] value(LogSource source, int partition, long offset) {
    SortedMap<Integer, Long> one = new TreeMap<>();
    one.put(partition, offset);
    byte[][] found = {new byte[0]};
    source.read(
        one,
        one,
        record -> {
          byte[] value = record.value();
          found[0] = value == null ? new byte[0] : value;
          return true;
        });
    return found[0];
  }

  private static ReplayException another(String why) {
    return new ReplayException(
        ReplayException.Kind.WRONG_USE, "the archive does not go with this log: " + why);
  }

  @Override
  public SortedMap<Integer, PartitionRange> ranges() {
    SortedMap<Integer, PartitionRange> archived = archive.ranges();
    SortedMap<Integer, PartitionRange> ranges = new TreeMap<>();
    log.ranges()
        .forEach((partition, range) ->
            ranges.put(
                partition,
                new PartitionRange(archived.getOrDefault(partition, range).begin(), range.end())));
    return ranges;
  }

  @Override
  public SortedMap<Integer, Long> firstAfter(Instant time) {
    SortedMap<Integer, Long> first = new TreeMap<>(log.firstAfter(time));
    first.putAll(archive.firstAfter(time));
    return first;
  }

  @Override
  public void read(SortedMap<Integer, Long> last, Sink sink) {
    read(new TreeMap<>(), last, sink);
  }

  @Override
  public void read(SortedMap<Integer, Long> from, SortedMap<Integer, Long> last, Sink sink) {
    SortedMap<Integer, PartitionRange> archived = archive.ranges();
    SortedMap<Integer, Long> early = new TreeMap<>();
    SortedMap<Integer, Long> late = new TreeMap<>();
    SortedMap<Integer, Long> lateFrom = new TreeMap<>();
    last.forEach((partition, to) -> {
      long end = archived.getOrDefault(partition, PartitionRange.EMPTY).end();
      long begin = from.getOrDefault(partition, 0L);
      if (begin < end) {
        early.put(partition, Math.min(to, end - 1));
      }
      if (to >= end) {
        late.put(partition, to);
        lateFrom.put(partition, Math.max(begin, end));
      }
    });
    boolean[] wanted = {true};
    archive.read(from, early, record -> wanted[0] = sink.accept(record));
    if (wanted[0] && !late.isEmpty()) {
      log.read(lateFrom, late, sink);
    }
  }

  @Override
  public Checkpoints checkpoints() {
    return archive.checkpoints();
  }

  /** None: the newest events are not in the archive's. */
  @Override
  public Optional<EventIndex> eventIndex() {
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      archive.close();
    } finally {
      log.close();
    }
  }
}

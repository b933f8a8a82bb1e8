package dev.irqledger.replay.bisect;

import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.ResolvedPoint;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * The records between two points as one row: by log time, then partition, then offset. A record
 * that is stamped earlier than one before it in its partition counts as of that one's time, so that
 * no partition is ever taken out of its own order.
 */
final class LogOrder {
  private final LogSource log;
  private final ResolvedPoint begin;
  private final SortedMap<Integer, Long> ends;

  /**
   * @param partitions which partitions are searched; the others stay as they are at {@code good}
   */
  LogOrder(LogSource log, Predicate<Integer> partitions, ResolvedPoint good, ResolvedPoint bad) {
    this.log = log;
    this.begin = good;
    this.ends = new TreeMap<>(bad.last());
    this.ends.keySet().removeIf(partitions.negate());
  }

  /** The first of the numbers in (no, yes] that is one; a probe at {@code yes} is not made. */
  static long first(long no, long yes, LongPredicate isOne) {
    long low = no;
    long high = yes;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (isOne.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /** Whether one partition has all: then offsets alone make the order. */
  boolean isOnePartition() {
    return ends.entrySet().stream().filter(e -> e.getValue() > last(begin, e.getKey())).count()
        <= 1;
  }

  /** The point at which the row ends. */
  ResolvedPoint end() {
    return with(ends);
  }

  /** Whether every partition ends at or behind its begin. */
  boolean isForward() {
    return ends.entrySet().stream().allMatch(e -> e.getValue() >= last(begin, e.getKey()));
  }

  /** A time at which the row has not begun, milliseconds since 1970. */
  long before() {
    long[] earliest = {Long.MAX_VALUE};
    ends.forEach((partition, last) -> {
      long first = last(begin, partition) + 1;
      if (first <= last) {
        SortedMap<Integer, Long> only = new TreeMap<>();
        only.put(partition, last);
        SortedMap<Integer, Long> from = new TreeMap<>();
        from.put(partition, first);
        log.read(
            from,
            only,
            record -> {
              earliest[0] = Math.min(earliest[0], record.logTimeMillis());
              return false;
            });
      }
    });
    return earliest[0] - 1;
  }

  /** The point after all of the row that is not after that time, milliseconds since 1970. */
  ResolvedPoint upTo(long millis) {
    SortedMap<Integer, Long> last = new TreeMap<>(ends);
    log.firstAfter(Instant.ofEpochMilli(millis))
        .forEach((partition, first) ->
            last.computeIfPresent(
                partition, (_, end) -> Math.max(last(begin, partition), Math.min(end, first - 1))));
    return with(last);
  }

  /** How many offsets lie between two points of the row. */
  long between(ResolvedPoint from, ResolvedPoint to) {
    return ends.keySet().stream().mapToLong(p -> last(to, p) - last(from, p)).sum();
  }

  /** The point {@code count} offsets after {@code from}, partition after partition. */
  ResolvedPoint after(ResolvedPoint from, ResolvedPoint to, long count) {
    SortedMap<Integer, Long> last = new TreeMap<>();
    long left = count;
    for (int partition : ends.keySet()) {
      long taken = Math.min(left, last(to, partition) - last(from, partition));
      last.put(partition, last(from, partition) + taken);
      left -= taken;
    }
    return with(last);
  }

  private ResolvedPoint with(SortedMap<Integer, Long> last) {
    SortedMap<Integer, Long> all = new TreeMap<>(begin.last());
    all.putAll(last);
    return new ResolvedPoint(all);
  }

  private static long last(ResolvedPoint point, int partition) {
    return point.last().getOrDefault(partition, -1L);
  }
}

package dev.irqledger.replay.whatif;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Measured times of one kind of work. Memory does not grow with their number: times are counted by
 * their first eight binary digits, so that the median is at most one percent too low.
 */
public final class Latencies {
  private static final int DIGITS = 7;

  private final TreeMap<Long, Long> counts = new TreeMap<>();
  private long irqs;
  private long calls;
  private long sumNanos;

  /** A call that took so long, for so many irqs; 0 nanoseconds where nobody measured. */
  void note(long nanos, int count) {
    if (nanos > 0 && count > 0) {
      long each = nanos / count;
      long step = Math.max(1, Long.highestOneBit(each) >> DIGITS);
      counts.merge(each / step * step, (long) count, Long::sum);
      irqs += count;
      calls++;
      sumNanos += nanos;
    }
  }

  void add(Latencies more) {
    more.counts.forEach((each, count) -> counts.merge(each, count, Long::sum));
    irqs += more.irqs;
    calls += more.calls;
    sumNanos += more.sumNanos;
  }

  /** How many calls were measured. */
  public long calls() {
    return calls;
  }

  /** How many irqs they were about. */
  public long irqs() {
    return irqs;
  }

  /** What these calls took together, in nanoseconds. */
  public long sumNanos() {
    return sumNanos;
  }

  /** What the middle one of all irqs took, in nanoseconds; empty where none was measured. */
  public OptionalLong medianNanos() {
    long passed = 0;
    for (Map.Entry<Long, Long> each : counts.entrySet()) {
      passed += each.getValue();
      if (2 * passed >= irqs) {
        return OptionalLong.of(each.getKey());
      }
    }
    return OptionalLong.empty();
  }
}

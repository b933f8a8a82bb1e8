package dev.irqledger.web.chronicle;

import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.web.DeviceRow;
import java.util.Comparator;

/**
 * One event, as what it made of its device.
 *
 * @param row the device after it
 * @param before what the device held before it
 * @param time the log time that counts for its place: the latest of its partition up to it,
 *     milliseconds since 1970
 * @param changed whether anything but the tally is other than before
 * @param notable whether it breaks a rule, or found a pool empty
 */
public record Entry(
    DeviceRow row, VectorCounts before, long time, boolean changed, boolean notable) {

  /**
   * The order of a log: by log time, then partition, then offset, and never against the order
   * within a partition.
   */
  static final Comparator<Entry> LOG_ORDER =
      Comparator.comparingLong(Entry::time)
          .thenComparingInt(Entry::partition)
          .thenComparingLong(Entry::offset);

  int partition() {
    return row.position().partition();
  }

  long offset() {
    return row.position().offset();
  }
}

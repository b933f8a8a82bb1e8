package dev.irqledger.web;

import dev.irqledger.core.point.Point;
import dev.irqledger.wire.LogPosition;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of {@code irq.events} an answer reflects.
 *
 * @param last the last record reflected, by partition; -1 for none
 * @param logTimeMs the latest log time among these records, milliseconds since 1970; {@link
 *     #NO_TIME} where there is none
 */
public record Position(SortedMap<Integer, Long> last, long logTimeMs) {
  public static final long NO_TIME = -1;

  public Position {
    last = Collections.unmodifiableSortedMap(new TreeMap<>(last));
  }

  /** Of what one record of the log made. */
  public static Position of(LogPosition record) {
    SortedMap<Integer, Long> last = new TreeMap<>();
    last.put(record.partition(), record.offset());
    return new Position(last, record.logTimeMs());
  }

  /** The text by which the same can be asked again. */
  public String token() {
    return new Point.Offsets(last).token();
  }

  /** True where that record is among those reflected. */
  public boolean reflects(int partition, long offset) {
    return offset <= last.getOrDefault(partition, -1L);
  }
}

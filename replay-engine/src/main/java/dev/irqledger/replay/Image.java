package dev.irqledger.replay;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.wire.FoldedState;
import java.util.SortedMap;

/**
 * Devices as they were at a point, with where that is.
 *
 * @param point the offsets up to which was folded
 * @param logTimeMillis the latest log time among the records read, {@link #NO_TIME} where none was
 * @param devices the states, by device, each with the position of its last event
 * @param events how many events were folded, those behind a checkpoint not counted
 * @param unreadable what could not be decoded
 */
public record Image(
    ResolvedPoint point,
    long logTimeMillis,
    SortedMap<DeviceKey, FoldedState> devices,
    long events,
    Unreadable unreadable) {
  public static final long NO_TIME = -1;

  /** Records that could not be decoded: how many, and the first of them in words. */
  public static final class Unreadable {
    private long count;
    private String first = "";

    void add(LogRecord record, String reason) {
      add(1, "partition " + record.partition() + " offset " + record.offset() + ": " + reason);
    }

    void add(long more, String firstOfThem) {
      if (count == 0 && more > 0) {
        first = firstOfThem;
      }
      count += more;
    }

    public long count() {
      return count;
    }

    public String first() {
      return first;
    }
  }
}

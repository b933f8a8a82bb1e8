package dev.irqledger.replay;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.wire.FoldedState;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /** What those folds give together. */
  static Image of(ResolvedPoint point, List<DeviceFold> folds) {
    SortedMap<DeviceKey, FoldedState> devices = new TreeMap<>();
    Unreadable unreadable = new Unreadable();
    long logTimeMillis = NO_TIME;
    long events = 0;
    for (DeviceFold fold : folds) {
      fold.devices().forEach(device -> devices.put(device.state().key(), device));
      unreadable.add(fold.unreadable().count(), fold.unreadable().first());
      logTimeMillis = Math.max(logTimeMillis, fold.logTimeMillis());
      events += fold.events();
    }
    return new Image(point, logTimeMillis, devices, events, unreadable);
  }

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

package dev.irqledger.cli.step;

import dev.irqledger.core.point.Point;
import dev.irqledger.core.point.PointParser;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.step.DeviceHistory;
import java.util.regex.Pattern;

/** Finds the event that a person names: by its number, offset, id, or a time. */
public final class Place {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern OFFSET = Pattern.compile("\\d{1,9}@\\d{1,18}");
  private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-.*");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");

  private final DeviceHistory history;
  private final PointResolver points;

  public Place(DeviceHistory history, PointResolver points) {
    this.history = history;
    this.points = points;
  }

  /**
   * The last event of the device that is at the named place or before it.
   *
   * @return -1 where all its events are after it
   * @throws IllegalArgumentException if the text names no place
   * @throws dev.irqledger.replay.ReplayException if the log does not hold the place
   */
  int named(String text) {
    return at(PointParser.parse(point(text)));
  }

  /**
   * The last event of the device at that point or before it.
   *
   * @return -1 where all its events are after it
   * @throws dev.irqledger.replay.ReplayException if the log does not hold the point
   */
  public int at(Point point) {
    Long last = points.resolve(point, history.device().host()).last().get(history.partition());
    return last == null ? -1 : history.atOrBefore(last);
  }

  /** Short forms are completed: an offset is one of the device's partition. */
  private String point(String text) {
    if (NUMBER.matcher(text).matches()) {
      return "offset:" + history.partition() + "@" + text;
    }
    if (OFFSET.matcher(text).matches()) {
      return "offset:" + text;
    }
    if (UUID.matcher(text).matches()) {
      return "event:" + text;
    }
    return TIME.matcher(text).matches() ? "time:" + text : text;
  }
}

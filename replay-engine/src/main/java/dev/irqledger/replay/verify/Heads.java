package dev.irqledger.replay.verify;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.replay.Image;
import dev.irqledger.wire.LogPosition;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The last event of each device at a point. Its hash stands for the device's whole history up to
 * it.
 *
 * @param point the offsets of the point, as commands take them
 * @param byDevice a head for each device that has one
 */
public record Heads(String point, SortedMap<DeviceKey, Head> byDevice) {
  /**
   * A device's last event.
   *
   * @param position of the last record about the device, which may be one that came again
   */
  public record Head(LogPosition position, long epoch, long sequence, EventHash hash) {
    /** Whether events were folded after it. */
    boolean isBefore(LogHead other) {
      return epoch < other.epoch() || (epoch == other.epoch() && sequence < other.sequence());
    }
  }

  public Heads {
    byDevice = Collections.unmodifiableSortedMap(new TreeMap<>(byDevice));
  }

  /** None at all. */
  public static final Heads NONE = new Heads("", Collections.emptySortedMap());

  /** Those of all devices of the image. */
  public static Heads of(Image image) {
    SortedMap<DeviceKey, Head> heads = new TreeMap<>();
    image
        .devices()
        .forEach((device, folded) -> {
          LogHead head = folded.state().head();
          if (head.epoch() > 0) {
            heads.put(
                device, new Head(folded.position(), head.epoch(), head.sequence(), head.hash()));
          }
        });
    return new Heads(image.point().token(), heads);
  }

  /** Those of the devices that are wanted. */
  public Map<DeviceKey, Head> of(Predicate<DeviceKey> wanted) {
    Map<DeviceKey, Head> heads = new TreeMap<>(byDevice);
    heads.keySet().removeIf(wanted.negate());
    return heads;
  }
}

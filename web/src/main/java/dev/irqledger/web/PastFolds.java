package dev.irqledger.web;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.web.QueryException.Kind;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Folds the log anew up to a point, which costs a reading of it: so only a few are made at once,
 * and one that takes too long is given up. Safe for use by many threads.
 */
final class PastFolds {
  private final Supplier<? extends LogSource> sources;
  private final Lookups lookups;
  private final Duration most;
  private final Semaphore places;

  /**
   * @param sources opens the log; each source is closed after one answer
   * @param lookups what its records need beside it
   * @param most how long an answer may take
   * @param atOnce how many answers may be made at once
   */
  PastFolds(Supplier<? extends LogSource> sources, Lookups lookups, Duration most, int atOnce) {
    this.sources = sources;
    this.lookups = lookups;
    this.most = most;
    this.places = new Semaphore(atOnce);
  }

  /** Where the point is in the log. */
  SortedMap<Integer, Long> resolve(Point at, @Nullable String host) {
    try (LogSource source = timed()) {
      return resolve(source, at, host);
    }
  }

  /** Where the point is in that source. */
  SortedMap<Integer, Long> resolve(LogSource source, Point at, @Nullable String host) {
    return new PointResolver(source, lookups.codec(), InstantSource.system())
        .resolve(at, host)
        .last();
  }

  private LogSource timed() {
    return new TimedSource(sources.get(), most);
  }

  /** What an observer of one device is told; the position is that of its host's partition. */
  Position watch(DeviceKey device, Point at, Replayer.Observer observer) {
    Image image = replay(at, device.host(), device::equals, observer);
    if (image.devices().isEmpty()) {
      throw QueryException.noEvent(device);
    }
    return position(image, device.host());
  }

  /** The point of an image, with the partitions that count. */
  static Position position(Image image, @Nullable String host) {
    SortedMap<Integer, Long> last = new TreeMap<>(image.point().last());
    if (host != null) {
      int own = HostPartitioner.partition(host, image.point().partitions());
      last.keySet().removeIf(partition -> partition != own);
    }
    return new Position(last, image.logTimeMillis());
  }

  /**
   * The devices that are wanted, at that point.
   *
   * @param host whose partition is read; null for all
   */
  Image replay(
      Point at, @Nullable String host, Predicate<DeviceKey> wanted, Replayer.Observer observer) {
    if (!places.tryAcquire()) {
      throw new QueryException(Kind.BUSY, "too much of the past is being asked for at once");
    }
    try {
      return QueryException.answering(() -> {
        try (LogSource source = timed()) {
          return replay(source, at, host, wanted, observer);
        }
      });
    } finally {
      places.release();
    }
  }

  private Image replay(
      LogSource source,
      Point at,
      @Nullable String host,
      Predicate<DeviceKey> wanted,
      Replayer.Observer observer) {
    EventCodec codec = lookups.codec();
    ResolvedPoint point =
        new PointResolver(source, codec, InstantSource.system()).resolve(at, host);
    Predicate<Integer> partitions =
        host == null
            ? _ -> true
            : partition -> partition == HostPartitioner.partition(host, point.partitions());
    return new Replayer(source, codec).replay(point, wanted, partitions, observer);
  }
}

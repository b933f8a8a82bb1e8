package dev.irqledger.web;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.web.QueryException.Kind;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers about the past, by folding the log anew. Each costs a reading of the log: so only a few
 * are made at once, and one that takes too long is given up. Safe for use by many threads.
 *
 * <p>Every method throws {@link QueryException} where the log does not hold the point, cannot be
 * reached or was cut, or where the answer takes too long.
 */
public final class PastLedger {
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
  public PastLedger(
      Supplier<? extends LogSource> sources, Lookups lookups, Duration most, int atOnce) {
    this.sources = sources;
    this.lookups = lookups;
    this.most = most;
    this.places = new Semaphore(atOnce);
  }

  /** All devices, or those of a host, at that point. */
  public Cut<DeviceRow> devices(@Nullable String host, Point at) {
    Image image =
        replay(
            at,
            host,
            device -> host == null || device.host().equals(host),
            Replayer.Observer.none());
    List<DeviceRow> rows = image.devices().values().stream().map(DeviceRow::of).toList();
    return new Cut<>(position(image, host), rows);
  }

  /** A device at that point; empty where it had no event up to then. */
  public Optional<FoldedState> device(DeviceKey device, Point at) {
    Image image = replay(at, device.host(), device::equals, Replayer.Observer.none());
    return Optional.ofNullable(image.devices().get(device));
  }

  /**
   * What happened to a device.
   *
   * @param after behind that offset; -1 for all
   * @param wanted how many events at the most
   * @throws QueryException also where the device had no event up to then
   */
  public HistoryPage history(DeviceKey device, Point at, long after, int wanted) {
    EventWindow window = new EventWindow(after, wanted);
    Image image = replay(at, device.host(), device::equals, window);
    if (image.devices().isEmpty()) {
      throw new QueryException(Kind.NOT_FOUND, "there is no event of " + device + " up to then");
    }
    return new HistoryPage(position(image, device.host()), window.events(), window.more());
  }

  private static Position position(Image image, @Nullable String host) {
    SortedMap<Integer, Long> last = new TreeMap<>(image.point().last());
    if (host != null) {
      int own = HostPartitioner.partition(host, image.point().partitions());
      last.keySet().removeIf(partition -> partition != own);
    }
    return new Position(last, image.logTimeMillis());
  }

  private Image replay(
      Point at, @Nullable String host, Predicate<DeviceKey> wanted, Replayer.Observer observer) {
    if (!places.tryAcquire()) {
      throw new QueryException(Kind.BUSY, "too much of the past is being asked for at once");
    }
    try (LogSource source = new TimedSource(sources.get(), most)) {
      EventCodec codec = lookups.codec();
      ResolvedPoint point =
          new PointResolver(source, codec, InstantSource.system()).resolve(at, host);
      Predicate<Integer> partitions =
          host == null
              ? _ -> true
              : partition -> partition == HostPartitioner.partition(host, point.partitions());
      return new Replayer(source, codec).replay(point, wanted, partitions, observer);
    } catch (ReplayException e) {
      throw new QueryException(kind(e), String.valueOf(e.getMessage()), e);
    } catch (LookupUnavailable e) {
      throw new QueryException(Kind.UNREACHABLE, "a schema or a key cannot be looked up now", e);
    } finally {
      places.release();
    }
  }

  private static Kind kind(ReplayException e) {
    return switch (e.kind()) {
      case WRONG_USE, NO_SUCH_POINT, LOG_CUT -> Kind.WRONG_QUESTION;
      case UNREACHABLE, NO_TOPIC, ARCHIVE_UNREADABLE, ARCHIVE_UNWRITABLE, INPUT_UNREADABLE ->
          Kind.UNREACHABLE;
    };
  }
}

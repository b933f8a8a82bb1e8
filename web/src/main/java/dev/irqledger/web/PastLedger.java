package dev.irqledger.web;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.whatif.PoolSizes;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.whatif.WhatIf;
import dev.irqledger.web.QueryException.Kind;
import dev.irqledger.web.chronicle.Chronicle;
import dev.irqledger.web.chronicle.ChronicleSource;
import dev.irqledger.web.chronicle.Chronicler;
import dev.irqledger.web.chronicle.HostMemories;
import dev.irqledger.web.chronicle.HostMemories.Chapter;
import dev.irqledger.web.chronicle.Place;
import dev.irqledger.web.chronicle.PoolLevel;
import dev.irqledger.web.chronicle.Scope;
import dev.irqledger.web.chronicle.Stride;
import dev.irqledger.web.chronicle.Timeline;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers about the past: from memory where that reaches so far back, else by folding the log anew.
 * The latter costs a reading of the log: so only a few are made at once, and one that takes too
 * long is given up. Safe for use by many threads.
 *
 * <p>Every method throws {@link QueryException} where the log does not hold the point, cannot be
 * reached or was cut, or where the answer takes too long.
 */
public final class PastLedger implements AutoCloseable {
  /** What was read so lately is not asked for again: the page asks for many things at once. */
  private static final Duration MOMENT = Duration.ofMillis(250);

  private static final Instant FAR = Instant.parse("9999-12-31T23:59:59Z");

  private final Supplier<? extends LogSource> sources;
  private final Lookups lookups;
  private final Duration most;
  private final Semaphore places;
  private final Chronicler chronicler;
  private final HostMemories memories;

  /**
   * @param sources opens the log; each source is closed after one answer
   * @param lookups what its records need beside it
   * @param most how long an answer may take
   * @param atOnce how many answers may be made at once
   * @param remembered how many of the log's last events are kept in memory, once somebody asks for
   *     what only memory tells: some two hundred bytes for each
   */
  public PastLedger(
      Supplier<? extends LogSource> sources,
      Lookups lookups,
      Duration most,
      int atOnce,
      int remembered) {
    this.sources = sources;
    this.lookups = lookups;
    this.most = most;
    this.places = new Semaphore(atOnce);
    this.chronicler = new Chronicler(sources, lookups, remembered);
    this.memories = new HostMemories(chronicler.chronicle(), sources, lookups);
  }

  /**
   * A point whose states are in memory.
   *
   * @param last the last record of each partition
   * @param position the same of the partitions that count, with its log time
   */
  private record Known(SortedMap<Integer, Long> last, Position position) {
    long offset(String host) {
      return last.getOrDefault(HostPartitioner.partition(host, last.size()), -1L);
    }
  }

  /**
   * The point, where memory holds the states at it; null where it does not, or not yet.
   *
   * @param host whose partition counts; null for all
   */
  private @Nullable Known remembered(Point at, @Nullable String host) {
    if (!chronicler.isReady()) {
      return null;
    }
    Chronicle chronicle = chronicler.chronicle();
    return answering(() -> {
      refresh(chronicle, at);
      return switch (at) {
        case Point.HostTime _, Point.AfterEvent _ -> {
          // Only the records tell where that is.
          SortedMap<Integer, Long> last;
          try (LogSource source = timed()) {
            last = resolve(source, at, host);
          }
          yield chronicle.steadily(() -> known(chronicle, last, host));
        }
        case Point.Latest(), Point.Earliest(), Point.Offsets _, Point.LogTime _ ->
            chronicle.steadily(() ->
                reaches(chronicle, at)
                    ? known(chronicle, resolve(new ChronicleSource(chronicle), at, host), host)
                    : null);
      };
    });
  }

  private SortedMap<Integer, Long> resolve(LogSource source, Point at, @Nullable String host) {
    return new PointResolver(source, lookups.codec(), InstantSource.system())
        .resolve(at, host)
        .last();
  }

  private static @Nullable Known known(
      Chronicle chronicle, SortedMap<Integer, Long> last, @Nullable String host) {
    return chronicle.covers(last) ? new Known(last, chronicle.position(last, host)) : null;
  }

  private static boolean reaches(Chronicle chronicle, Point at) {
    return switch (at) {
      case Point.Earliest() -> chronicle.isWhole();
      case Point.LogTime(Instant time) -> chronicle.reachesBackTo(millis(time));
      case Point.Latest(), Point.Offsets _, Point.HostTime _, Point.AfterEvent _ -> true;
    };
  }

  /** Reads what has come since, where it may belong to the point. */
  private void refresh(Chronicle chronicle, Point at) {
    switch (at) {
      case Point.Offsets(SortedMap<Integer, Long> last) when chronicle.covers(last) -> {
        // Nothing that comes can change it.
      }
      case Point.LogTime(Instant time) when chronicle.isBeyond(millis(time)) -> {
        // The log has gone on since.
      }
      case Point.Earliest() -> {
        // It is what it was.
      }
      case Point.Latest(), Point.Offsets _, Point.LogTime _, Point.HostTime _, Point.AfterEvent _ ->
          chronicler.catchUp();
    }
  }

  /** In milliseconds since 1970, or as near as these come. */
  private static long millis(Instant time) {
    return time.isAfter(FAR)
        ? FAR.toEpochMilli()
        : time.isBefore(Instant.EPOCH) ? -1 : time.toEpochMilli();
  }

  private LogSource timed() {
    return new TimedSource(sources.get(), most);
  }

  /**
   * Reads the log into memory, if nobody has, and returns when that is done.
   *
   * @throws QueryException if it cannot be read
   */
  public void remember() {
    answering(() -> {
      chronicler.catchUp();
      return true;
    });
  }

  /** How much of the log was read into memory, from 0 to 1. */
  public double progress() {
    return chronicler.progress();
  }

  private Chronicle chronicle() {
    chronicler.begin();
    if (!chronicler.isReady()) {
      throw new QueryException(
          Kind.NOT_READY,
          "the history is being read: %.0f %%".formatted(Math.floor(100 * chronicler.progress())));
    }
    return chronicler.chronicle();
  }

  /**
   * What happened over time.
   *
   * @param fromMs log time in milliseconds since 1970; null for the first that is remembered
   * @param toMs null for the last one
   * @param parts in so many parts, from 1
   */
  public Timeline timeline(Scope scope, @Nullable Long fromMs, @Nullable Long toMs, int parts) {
    Chronicle chronicle = chronicle();
    return answering(() -> {
      chronicler.catchUp(MOMENT);
      return chronicle.timeline(scope, fromMs, toMs, parts);
    });
  }

  /** The next event of that kind, seen from a point; empty where there is none in memory. */
  public Optional<Place> step(Scope scope, Point at, Stride stride) {
    Chronicle chronicle = chronicle();
    Known from = remembered(at, scope.host());
    if (from == null) {
      throw new QueryException(
          Kind.WRONG_QUESTION, "the point is before the events that are kept in memory");
    }
    return answering(() -> {
      chronicler.catchUp(MOMENT);
      return chronicle.step(scope, from.last(), stride);
    });
  }

  /** A host's devices with who used them last, and what they hold for nobody. */
  public Cut<HolderRow> holders(String host, Point at) {
    var _ = chronicle();
    Known known = remembered(at, host);
    if (known == null || !memories.takes(host)) {
      throw new QueryException(
          Kind.TOO_LONG, "the host has too long a history, or the point is too far back");
    }
    return answering(() ->
        new Cut<>(
            known.position(),
            memories.host(host, known.offset(host)).values().stream()
                .map(each -> HolderRow.of(each.state(), each.lastEvents()))
                .toList()));
  }

  /** Both histories of a host up to that point: what happened, and what would have. */
  public WhatIfHistory whatIf(String host, ReleasePolicy policy, PoolSizes sizes, Point at) {
    TwoHistories both = new TwoHistories(host, new WhatIf(policy, sizes, Map.of()));
    Image image = replay(at, host, device -> device.host().equals(host), both);
    return both.history(position(image, host));
  }

  /** The rules that events break, as far as memory reaches back, in the order of reading. */
  public List<Violation> findings() {
    return chronicle().findings();
  }

  /** How full a host's pool is now. */
  public PoolLevel level(String host, Pool pool) {
    return chronicle().level(host, pool);
  }

  /** All devices, or those of a host, at that point. */
  public Cut<DeviceRow> devices(@Nullable String host, Point at) {
    Known known = remembered(at, host);
    Cut<DeviceRow> cut = known == null ? null : chronicler.chronicle().devices(host, known.last());
    if (cut != null) {
      return cut;
    }
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
    Known known = remembered(at, device.host());
    if (known != null && memories.takes(device.host())) {
      return answering(() -> memories.device(device, known.offset(device.host())));
    }
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
    Known known = remembered(at, device.host());
    if (known != null && memories.takes(device.host())) {
      Chapter chapter = chapter(device, known);
      if (chapter.begin() <= Math.max(0, after + 1)) {
        List<PastEvent> behind =
            chapter.events().stream().filter(past -> past.position().offset() > after).toList();
        return new HistoryPage(
            known.position(),
            behind.subList(0, Math.min(wanted, behind.size())),
            behind.size() > wanted);
      }
    }
    EventWindow window = new EventWindow(after, wanted);
    Position position = watch(device, at, window);
    return new HistoryPage(position, window.events(), window.more());
  }

  /**
   * What happened to a device last, in the order of the log.
   *
   * @param wanted how many events at the most
   * @throws QueryException also where the device had no event up to then
   */
  public HistoryPage lastOf(DeviceKey device, Point at, int wanted) {
    Known known = remembered(at, device.host());
    if (known != null && memories.takes(device.host())) {
      Chapter chapter = chapter(device, known);
      int count = chapter.events().size();
      if (chapter.begin() == 0 || count >= wanted) {
        return new HistoryPage(
            known.position(), chapter.events().subList(Math.max(0, count - wanted), count), false);
      }
    }
    TailWindow window = new TailWindow(wanted);
    Position position = watch(device, at, window);
    return new HistoryPage(position, window.events(), false);
  }

  private Chapter chapter(DeviceKey device, Known known) {
    long offset = known.offset(device.host());
    if (answering(() -> memories.device(device, offset)).isEmpty()) {
      throw noEvent(device);
    }
    return answering(() -> memories.history(device, offset));
  }

  private Position watch(DeviceKey device, Point at, Replayer.Observer observer) {
    Image image = replay(at, device.host(), device::equals, observer);
    if (image.devices().isEmpty()) {
      throw noEvent(device);
    }
    return position(image, device.host());
  }

  private static QueryException noEvent(DeviceKey device) {
    return new QueryException(Kind.NOT_FOUND, "there is no event of " + device + " up to then");
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
    try {
      return answering(() -> {
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

  private static <T> T answering(Supplier<T> question) {
    try {
      return question.get();
    } catch (ReplayException e) {
      throw new QueryException(kind(e), String.valueOf(e.getMessage()), e);
    } catch (LookupUnavailable e) {
      throw new QueryException(Kind.UNREACHABLE, "a schema or a key cannot be looked up now", e);
    }
  }

  @Override
  public void close() {
    chronicler.close();
    memories.close();
  }

  private static Kind kind(ReplayException e) {
    return switch (e.kind()) {
      case WRONG_USE, NO_SUCH_POINT, LOG_CUT -> Kind.WRONG_QUESTION;
      case UNREACHABLE, NO_TOPIC, ARCHIVE_UNREADABLE, ARCHIVE_UNWRITABLE, INPUT_UNREADABLE ->
          Kind.UNREACHABLE;
    };
  }
}

package dev.irqledger.web;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.LogSource;
import dev.irqledger.web.QueryException.Kind;
import dev.irqledger.web.chronicle.Chronicle;
import dev.irqledger.web.chronicle.ChronicleSource;
import dev.irqledger.web.chronicle.Chronicler;
import dev.irqledger.web.chronicle.HostMemories;
import dev.irqledger.web.chronicle.HostMemories.Chapter;
import dev.irqledger.web.chronicle.HostMemories.Remembered;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What memory holds of the past, which begins to be read when it is first asked for. Safe for use
 * by many threads.
 */
final class PastMemory implements AutoCloseable {
  /** What was read so lately is not asked for again: the page asks for many things at once. */
  private static final Duration MOMENT = Duration.ofMillis(250);

  private static final Instant FAR = Instant.parse("9999-12-31T23:59:59Z");

  private final Chronicler chronicler;
  private final HostMemories memories;
  private final PastFolds folds;

  /**
   * @param sources opens the log
   * @param lookups what its records need beside it
   * @param remembered how many of the log's last events are kept, once somebody asks
   * @param folds for points of which only the records tell where they are
   */
  PastMemory(
      Supplier<? extends LogSource> sources, Lookups lookups, int remembered, PastFolds folds) {
    this.chronicler = new Chronicler(sources, lookups, remembered);
    this.memories = new HostMemories(chronicler.chronicle(), sources, lookups);
    this.folds = folds;
  }

  /**
   * A point whose states are in memory.
   *
   * @param last the last record of each partition
   * @param position the same of the partitions that count, with its log time
   */
  record Known(SortedMap<Integer, Long> last, Position position) {
    /** The last record of the host's partition. */
    long offset(String host) {
      return last.getOrDefault(HostPartitioner.partition(host, last.size()), -1L);
    }
  }

  /**
   * The point, where memory holds the states at it; null where it does not, or not yet.
   *
   * @param host whose partition counts; null for all
   */
  @Nullable Known reaching(Point at, @Nullable String host) {
    if (!chronicler.isReady()) {
      return null;
    }
    Chronicle chronicle = chronicler.chronicle();
    return QueryException.answering(() -> {
      refresh(chronicle, at);
      return switch (at) {
        case Point.HostTime _, Point.AfterEvent _ -> {
          // Only the records tell where that is.
          SortedMap<Integer, Long> last = folds.resolve(at, host);
          yield chronicle.steadily(() -> known(chronicle, last, host));
        }
        case Point.Latest(), Point.Earliest(), Point.Offsets _, Point.LogTime _ ->
            chronicle.steadily(() ->
                reaches(chronicle, at)
                    ? known(
                        chronicle, folds.resolve(new ChronicleSource(chronicle), at, host), host)
                    : null);
      };
    });
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

  /**
   * Reads the log, if nobody has, and returns when that is done.
   *
   * @throws QueryException if it cannot be read
   */
  void remember() {
    QueryException.answering(() -> {
      chronicler.catchUp();
      return true;
    });
  }

  /** How much of the log was read, from 0 to 1. */
  double progress() {
    return chronicler.progress();
  }

  /**
   * What is remembered.
   *
   * @throws QueryException while it is being read
   */
  Chronicle chronicle() {
    chronicler.begin();
    if (!chronicler.isReady()) {
      throw new QueryException(
          Kind.NOT_READY,
          "the history is being read: %.0f %%".formatted(Math.floor(100 * chronicler.progress())));
    }
    return chronicler.chronicle();
  }

  /** As {@link #chronicle()}, with what came up to a moment ago. */
  <T> T ofNow(Function<Chronicle, T> question) {
    Chronicle chronicle = chronicle();
    return QueryException.answering(() -> {
      chronicler.catchUp(MOMENT);
      return question.apply(chronicle);
    });
  }

  /** All devices, or those of a host, at that point; null where memory does not hold them. */
  @Nullable Cut<DeviceRow> devices(@Nullable String host, Known at) {
    return chronicler.chronicle().devices(host, at.last());
  }

  /** Whether a host's events are few enough to be held device by device. */
  boolean takes(String host) {
    return memories.takes(host);
  }

  /** A host's devices at that point. */
  Collection<Remembered> host(String host, Known at) {
    return QueryException.answering(() -> memories.host(host, at.offset(host)).values());
  }

  /** A device at that point; empty where it had no event up to then. */
  Optional<FoldedState> device(DeviceKey device, Known at) {
    return QueryException.answering(() -> memories.device(device, at.offset(device.host())));
  }

  /**
   * What happened to a device up to that point.
   *
   * @throws QueryException if nothing did
   */
  Chapter chapter(DeviceKey device, Known at) {
    if (device(device, at).isEmpty()) {
      throw QueryException.noEvent(device);
    }
    return QueryException.answering(() -> memories.history(device, at.offset(device.host())));
  }

  @Override
  public void close() {
    chronicler.close();
    memories.close();
  }
}

package dev.irqledger.replay;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns points into offsets. The ends of the log are read once, before anything else, so that a
 * growing log cannot move the point while it is resolved.
 */
public final class PointResolver {
  private final LogSource source;
  private final EventCodec codec;
  private final InstantSource clock;
  private final SortedMap<Integer, PartitionRange> ranges;

  /**
   * @throws ReplayException if the log cannot be reached
   */
  public PointResolver(LogSource source, EventCodec codec, InstantSource clock) {
    this.source = source;
    this.codec = codec;
    this.clock = clock;
    this.ranges = source.ranges();
  }

  /**
   * The offsets at that point.
   *
   * @param host the host that is asked about: whose clock a host time means, and whose partition
   *     offsets must name; null for all, which a host time does not allow
   * @throws ReplayException if the log does not hold the point, or was cut before it
   */
  public ResolvedPoint resolve(Point point, @Nullable String host) {
    SortedMap<Integer, Long> last =
        switch (point) {
          case Point.Latest() -> ends();
          case Point.Earliest() -> beforeFirst();
          case Point.LogTime(Instant time) ->
              // Kafka takes no time before 1970, and has no record of one.
              time.isBefore(Instant.EPOCH) ? beforeFirst() : at(notInFuture(point, time));
          case Point.HostTime(Instant time) -> hostTime(point, notInFuture(point, time), host);
          case Point.Offsets(SortedMap<Integer, Long> offsets) -> named(offsets, host);
          case Point.AfterEvent(UUID id) -> event(id);
        };
    return new ResolvedPoint(last);
  }

  private SortedMap<Integer, Long> ends() {
    SortedMap<Integer, Long> last = new TreeMap<>();
    ranges.forEach((partition, range) -> last.put(partition, range.end() - 1));
    return last;
  }

  private SortedMap<Integer, Long> beforeFirst() {
    SortedMap<Integer, Long> last = new TreeMap<>();
    ranges.forEach((partition, range) -> last.put(partition, range.begin() - 1));
    return last;
  }

  private SortedMap<Integer, Long> at(Instant time) {
    requireHeld(time);
    SortedMap<Integer, Long> last = ends();
    source
        .firstAfter(time)
        .forEach((partition, first) ->
            last.computeIfPresent(partition, (_, end) -> Math.min(end, first - 1)));
    return last;
  }

  /** What an archive has dropped before a checkpoint must not pass for the state at its end. */
  private void requireHeld(Instant time) {
    ranges.forEach((partition, range) -> {
      Checkpoint base = source.checkpoints().latest(partition, range.begin() - 1);
      if (base != null && range.isCut() && base.logTimeMillis() > time.toEpochMilli()) {
        throw new ReplayException(
            Kind.LOG_CUT,
            "partition "
                + partition
                + " of the archive begins at "
                + Instant.ofEpochMilli(base.logTimeMillis())
                + ": what came before was pruned; take a later point, or the log itself");
      }
    });
  }

  /** One host's records are in one partition: then no other needs to be named. */
  private SortedMap<Integer, Long> named(SortedMap<Integer, Long> offsets, @Nullable String host) {
    SortedMap<Integer, Long> last = beforeFirst();
    offsets.forEach((partition, offset) -> {
      PartitionRange range = ranges.get(partition);
      if (range == null) {
        throw none("the log has no partition " + partition + ", it has " + ranges.keySet());
      }
      if (offset >= range.end()) {
        throw none(
            "partition "
                + partition
                + " ends at offset "
                + (range.end() - 1)
                + ", "
                + offset
                + " is not there yet");
      }
      last.put(partition, offset);
    });
    ranges.forEach((partition, range) -> {
      boolean asked = host == null || partition == HostPartitioner.partition(host, ranges.size());
      if (asked && !offsets.containsKey(partition) && !range.isEmpty()) {
        throw none(
            "partition "
                + partition
                + " has records and is not named: add "
                + partition
                + "@OFFSET, or "
                + partition
                + "@-1 for none of them");
      }
    });
    return last;
  }

  private SortedMap<Integer, Long> hostTime(Point point, Instant time, @Nullable String host) {
    if (host == null) {
      throw new ReplayException(
          Kind.WRONG_USE,
          point.token() + " is a time of one host's clock: name it, with --host NAME");
    }
    long micros =
        time.isBefore(Instant.EPOCH)
            ? 0
            : time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    int partition = HostPartitioner.partition(host, ranges.size());
    SortedMap<Integer, Long> search = new TreeMap<>();
    search.put(partition, ends().getOrDefault(partition, -1L));
    LogRecord later =
        find(search, e -> e.device().host().equals(host) && e.hostTimeMicros() > micros);
    if (later == null) {
      return ends();
    }
    SortedMap<Integer, Long> last = at(Instant.ofEpochMilli(later.logTimeMillis()));
    last.put(partition, later.offset() - 1);
    return last;
  }

  private SortedMap<Integer, Long> event(UUID id) {
    LogRecord found =
        source
            .eventIndex()
            .map(index -> Optional.ofNullable(index.find(id)))
            .orElseGet(() -> Optional.ofNullable(find(ends(), e -> e.id().equals(id))))
            .orElse(null);
    if (found == null) {
      throw none("no event of the log has the id " + id);
    }
    SortedMap<Integer, Long> last = at(Instant.ofEpochMilli(found.logTimeMillis()));
    last.put(found.partition(), found.offset());
    return last;
  }

  private @Nullable LogRecord find(
      SortedMap<Integer, Long> last, Predicate<InterruptEvent> wanted) {
    LogRecord[] found = {null};
    source.read(
        last,
        record -> {
          if (codec.decode(record.value())
                  instanceof Decoded.Value<InterruptEvent>(InterruptEvent e)
              && wanted.test(e)) {
            found[0] = record;
          }
          return found[0] == null;
        });
    return found[0];
  }

  private Instant notInFuture(Point point, Instant time) {
    Instant now = clock.instant();
    if (time.isAfter(now)) {
      throw none(
          point.token()
              + " is in the future: it is "
              + now.truncatedTo(ChronoUnit.SECONDS)
              + " now");
    }
    return time;
  }

  private static ReplayException none(String message) {
    return new ReplayException(Kind.NO_SUCH_POINT, message);
  }
}

package dev.irqledger.replay.bisect;

import dev.irqledger.replay.DeviceFold;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks a condition after every single record of a row, up to the first at which it is true. */
final class Scan {
  /** So many records of several partitions are held at most, to bring them in order. */
  private static final long WINDOW = 20_000;

  private final LogSource log;
  private final LogOrder order;
  private final Predicate<FleetStates> condition;
  private final LongConsumer progress;
  private final FleetStates states;
  private final DeviceFold fold;
  private final SortedMap<Integer, Long> last;
  private final Map<Integer, Long> latest = new HashMap<>();
  private long scanned;
  private @Nullable LogRecord found;

  Scan(
      LogSource log,
      EventCodec codec,
      Devices devices,
      LogOrder order,
      Predicate<FleetStates> condition,
      Image begin,
      LongConsumer progress) {
    this.log = log;
    this.order = order;
    this.condition = condition;
    this.progress = progress;
    this.states = FleetStates.of(begin);
    this.fold = new DeviceFold(codec, devices, (_, _, folded) -> states.put(folded.state()));
    this.fold.begin(begin);
    this.last = new TreeMap<>(begin.point().last());
  }

  /** The first record after which the condition is true, null where none is. */
  @Nullable LogRecord run(ResolvedPoint good, long endMillis) {
    if (order.isOnePartition()) {
      read(good, order.end(), this::accept);
      return found;
    }
    ResolvedPoint from = good;
    long time = order.before();
    while (found == null && time < endMillis) {
      time = windowEnd(from, time, endMillis);
      ResolvedPoint to = order.upTo(time);
      inOrder(from, to);
      from = to;
    }
    return found;
  }

  /** The point before the record that was found. */
  ResolvedPoint before() {
    return new ResolvedPoint(last);
  }

  long scanned() {
    return scanned;
  }

  /** The latest time until which there are not too many records; one millisecond at least. */
  private long windowEnd(ResolvedPoint from, long time, long endMillis) {
    long tooLate =
        LogOrder.first(time + 1, endMillis + 1, t -> order.between(from, order.upTo(t)) > WINDOW);
    return Math.max(time + 1, tooLate - 1);
  }

  private record Timed(long millis, LogRecord record) {}

  private void inOrder(ResolvedPoint from, ResolvedPoint to) {
    List<Timed> window = new ArrayList<>();
    read(
        from,
        to,
        record ->
            window.add(
                new Timed(
                    latest.merge(record.partition(), record.logTimeMillis(), Math::max), record)));
    window.sort(
        Comparator.comparingLong(Timed::millis)
            .thenComparingInt(timed -> timed.record().partition())
            .thenComparingLong(timed -> timed.record().offset()));
    for (Timed timed : window) {
      if (!accept(timed.record())) {
        return;
      }
    }
  }

  private void read(ResolvedPoint from, ResolvedPoint to, LogSource.Sink sink) {
    SortedMap<Integer, Long> first = new TreeMap<>();
    SortedMap<Integer, Long> until = new TreeMap<>(to.last());
    until.entrySet().removeIf(e -> e.getValue() <= from.last().getOrDefault(e.getKey(), -1L));
    until.keySet().forEach(p -> first.put(p, from.last().getOrDefault(p, -1L) + 1));
    log.read(first, until, sink);
  }

  private boolean accept(LogRecord record) {
    progress.accept(++scanned);
    boolean _ = fold.accept(record);
    if (condition.test(states)) {
      found = record;
      return false;
    }
    last.put(record.partition(), record.offset());
    return true;
  }
}

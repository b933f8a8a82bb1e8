package dev.irqledger.replay.bisect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.InMemoryLog;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What bisection finds is what a look at every record finds. */
class BisectionProperties {
  private static final EventCodec CODEC = EventCodec.releasedOnly();
  private static final List<String> DEVICES =
      List.of("a/0000:01:00.0", "b/0000:01:00.0", "c/0000:01:00.0", "a/0000:02:00.0");

  private static InMemoryLog log(int partitions, List<Integer> moves) {
    InMemoryLog log = new InMemoryLog(partitions);
    for (int move : moves) {
      int fd = move / 4 % 2 == 0 ? -1 : 3;
      var call = SetIrqs.triggers(IrqIndex.MSIX, move / 8, new int[] {fd});
      log.append(DEVICES.get(move % 4), new InterruptsSet(call, OptionalInt.of(0), 0, null));
    }
    return log;
  }

  private static ResolvedPoint at(InMemoryLog log, Point point) {
    return new PointResolver(log, CODEC, InstantSource.system()).resolve(point, null);
  }

  private static Bisection bisection(InMemoryLog log, Predicate<FleetStates> condition) {
    return new Bisection(log, CODEC, Devices.ALL, _ -> true, condition, _ -> {});
  }

  /** The first record after which the condition is true, by folding all up to each. */
  private static @Nullable String linear(InMemoryLog log, Predicate<FleetStates> condition) {
    List<LogRecord> records = new ArrayList<>();
    ResolvedPoint end = at(log, Point.LATEST);
    log.read(end.last(), records::add);
    records.sort(Comparator.comparingLong(LogRecord::logTimeMillis));
    SortedMap<Integer, Long> last = new TreeMap<>(at(log, Point.EARLIEST).last());
    for (LogRecord record : records) {
      last.put(record.partition(), record.offset());
      var image = new Replayer(log, CODEC).state(new ResolvedPoint(last), Devices.ALL, _ -> true);
      if (condition.test(FleetStates.of(image))) {
        return name(record);
      }
    }
    return null;
  }

  private static String name(LogRecord record) {
    return record.partition() + "@" + record.offset();
  }

  private static long events(FleetStates states) {
    return DEVICES.stream()
        .mapToLong(d -> states.device(DeviceKey.parse(d)).tally().events())
        .sum();
  }

  @Property(tries = 100)
  void a_monotone_condition_is_found_where_a_linear_scan_finds_it(
      @ForAll @IntRange(min = 1, max = 4) int partitions,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 63) Integer> moves,
      @ForAll @IntRange(min = 1, max = 60) int wanted) {
    InMemoryLog log = log(partitions, moves);
    int count = Math.min(wanted, moves.size());
    Predicate<FleetStates> condition = states -> events(states) >= count;
    Turn turn = bisection(log, condition).change(at(log, Point.EARLIEST), at(log, Point.LATEST));
    assertEquals(linear(log, condition), name(turn.record()));
    // Both ends, then half and half again: of the records, or of the milliseconds that they took.
    long halved = partitions == 1 ? moves.size() : moves.size() * 1000L;
    assertTrue(turn.states() <= 4 + Long.SIZE - Long.numberOfLeadingZeros(halved));
  }

  @Property(tries = 100)
  void the_first_event_of_any_condition_is_found_where_a_linear_scan_finds_it(
      @ForAll @IntRange(min = 1, max = 4) int partitions,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 63) Integer> moves,
      @ForAll @IntRange(min = 1, max = 4) int armed,
      @ForAll @IntRange(min = 0, max = 2) int cached) {
    InMemoryLog log = log(partitions, moves);
    Predicate<FleetStates> condition =
        s -> s.total().vectors().armed() == armed && s.host("a").vectors().cached() == cached;
    Bisection bisection = bisection(log, condition);
    ResolvedPoint good = at(log, Point.EARLIEST);
    ResolvedPoint bad = at(log, Point.LATEST);
    String expected = linear(log, condition);
    if (expected == null) {
      assertEquals(
          ReplayException.Kind.NO_SUCH_POINT,
          assertThrows(ReplayException.class, () -> bisection.first(good, bad)).kind());
      return;
    }
    Turn turn = bisection.first(good, bad);
    assertEquals(expected, name(turn.record()));
    assertTrue(condition.test(FleetStates.of(turn.after())));
    assertTrue(!condition.test(FleetStates.of(turn.before())));
  }

  @Property(tries = 100)
  void any_condition_is_false_before_what_is_found_and_true_after_it(
      @ForAll @IntRange(min = 1, max = 4) int partitions,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 63) Integer> moves) {
    InMemoryLog log = log(partitions, moves);
    ResolvedPoint good = at(log, Point.EARLIEST);
    ResolvedPoint bad = at(log, Point.LATEST);
    var end = new Replayer(log, CODEC).state(bad, Devices.ALL, _ -> true);
    long armed = FleetStates.of(end).total().vectors().armed();
    Predicate<FleetStates> condition =
        s -> s.total().devices() > 0 && s.total().vectors().armed() == armed;
    Turn turn = bisection(log, condition).change(good, bad);
    assertTrue(condition.test(FleetStates.of(turn.after())));
    assertTrue(!condition.test(FleetStates.of(turn.before())));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    InMemoryLog log = log(1, List.of(4, 4, 0));
    ResolvedPoint begin = at(log, Point.EARLIEST);
    ResolvedPoint end = at(log, Point.LATEST);
    refused("already true", () -> bisection(log, _ -> true).change(begin, end));
    refused("already true", () -> bisection(log, _ -> true).first(begin, end));
    refused("still false", () -> bisection(log, _ -> false).change(begin, end));
    refused("at no event", () -> bisection(log, _ -> false).first(begin, end));
    refused("swap them", () -> bisection(log, _ -> false).change(end, begin));
  }

  private static void refused(String said, Runnable search) {
    String message = assertThrows(ReplayException.class, search::run).getMessage();
    assertTrue(message.contains(said), message);
  }
}

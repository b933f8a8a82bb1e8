package dev.irqledger.web.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.web.Cut;
import dev.irqledger.web.DeviceRow;
import dev.irqledger.web.MemoryLog;
import dev.irqledger.web.PastLedger;
import dev.irqledger.web.Position;
import dev.irqledger.web.QueryException;
import dev.irqledger.wire.Lookups;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/** What memory answers is what a replay of the log answers, at every point. */
class ChronicleProperties {
  private static final List<String> DEVICES =
      List.of(
          "hv-1/0000:01:00.0",
          "hv-1/0000:02:00.0",
          "hv-10/0000:01:00.0",
          "hv-2/0000:01:00.0",
          "hv-3/0000:01:00.0");

  private static final int ENOUGH = 1_000_000;

  private MemoryLog log = new MemoryLog(3);

  @BeforeTry
  void begin() {
    log = new MemoryLog(3);
  }

  private PastLedger ledger(int remembered) {
    return new PastLedger(() -> log, Lookups.releasedOnly(), Duration.ofSeconds(30), 4, remembered);
  }

  private void happen(int what) {
    String device = DEVICES.get(what % DEVICES.size());
    switch (what / DEVICES.size() % 4) {
      case 0 -> log.arm(device, 1 + what % 7);
      case 1 -> log.trigger(device, 30 + what % 50, -1);
      case 2 -> log.trigger(device, -1, -1, -1);
      default -> log.lose(device);
    }
  }

  /** Some point between the log's beginning and its end. */
  private Point point(Random random) {
    SortedMap<Integer, Long> last = new TreeMap<>();
    log.ranges().forEach((p, range) -> last.put(p, random.nextLong(range.end() + 1) - 1));
    return switch (random.nextInt(4)) {
      case 0 -> new Point.LogTime(MemoryLog.BEGIN.plusMillis(random.nextInt(200_000)));
      case 1 -> random.nextBoolean() ? Point.LATEST : Point.EARLIEST;
      default -> new Point.Offsets(last);
    };
  }

  @Property(tries = 150)
  void memory_and_a_replay_agree_at_every_point_while_the_log_grows(
      @ForAll @Size(max = 60) List<@IntRange(max = 999) Integer> events,
      @ForAll @IntRange(min = 1, max = 40) int remembered,
      @ForAll long seed) {
    Random random = new Random(seed);
    PastLedger all = ledger(ENOUGH);
    PastLedger late = ledger(remembered);
    PastLedger none = ledger(ENOUGH);
    all.remember();
    late.remember();
    for (int what : events) {
      happen(what);
      if (random.nextInt(4) == 0) {
        Point point = point(random);
        requireSame(none, all, point);
        requireSame(none, late, point);
      }
    }
  }

  private static void requireSame(PastLedger replayed, PastLedger remembered, Point point) {
    Cut<DeviceRow> expected = replayed.devices(null, point);
    assertEquals(expected, remembered.devices(null, point));
    for (String name : DEVICES) {
      DeviceKey device = DeviceKey.parse(name);
      assertEquals(
          replayed.devices(device.host(), point), remembered.devices(device.host(), point));
      assertEquals(replayed.device(device, point), remembered.device(device, point));
      assertEquals(
          answer(() -> replayed.history(device, point, 2, 5)),
          answer(() -> remembered.history(device, point, 2, 5)));
      assertEquals(
          answer(() -> replayed.lastOf(device, point, 3)),
          answer(() -> remembered.lastOf(device, point, 3)));
    }
  }

  private static Object answer(Supplier<?> question) {
    try {
      return question.get();
    } catch (QueryException e) {
      return e.kind() + " " + e.getMessage();
    }
  }

  @Property(tries = 100)
  void steps_pass_every_event_once_and_lead_back_through_the_same_points(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(max = 999) Integer> events) {
    events.forEach(this::happen);
    PastLedger ledger = ledger(ENOUGH);
    ledger.remember();
    for (Scope scope : List.of(Scope.FLEET, new Scope("hv-1", null))) {
      List<Position> forward = walk(ledger, scope, Point.EARLIEST, true);
      assertEquals(count(scope), forward.size());
      if (!forward.isEmpty()) {
        Point end = new Point.Offsets(forward.getLast().last());
        List<Position> back = walk(ledger, scope, end, false);
        assertEquals(forward.subList(0, forward.size() - 1), back.reversed());
      }
    }
  }

  private List<Position> walk(PastLedger ledger, Scope scope, Point from, boolean forward) {
    List<Position> passed = new ArrayList<>();
    Set<Position> seen = new HashSet<>();
    Optional<Place> next = ledger.step(scope, from, new Stride(Stride.Kind.EVENT, forward));
    while (next.isPresent()) {
      Position position = next.get().position();
      assertTrue(seen.add(position), "the same point twice: " + position);
      passed.add(position);
      Point at = new Point.Offsets(position.last());
      next = ledger.step(scope, at, new Stride(Stride.Kind.EVENT, forward));
    }
    return passed;
  }

  private long count(Scope scope) {
    long[] count = {0};
    SortedMap<Integer, Long> last = new TreeMap<>();
    log.ranges().forEach((p, range) -> last.put(p, range.end() - 1));
    PastLedger ledger = ledger(ENOUGH);
    for (String name : DEVICES) {
      DeviceKey device = DeviceKey.parse(name);
      if (scope.host() == null || device.host().equals(scope.host())) {
        Object history = answer(() -> ledger.history(device, Point.LATEST, -1, 1000).events());
        count[0] += history instanceof List<?> list ? list.size() : 0;
      }
    }
    return count[0];
  }

  @Property(tries = 60)
  void a_timeline_counts_each_event_once_and_ends_with_what_is_held(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 999) Integer> events,
      @ForAll @IntRange(min = 1, max = 50) int parts) {
    events.forEach(this::happen);
    PastLedger ledger = ledger(ENOUGH);
    ledger.remember();
    Timeline timeline = ledger.timeline(Scope.FLEET, null, null, parts);
    assertEquals(parts, timeline.parts().size());
    assertEquals(
        count(Scope.FLEET), timeline.parts().stream().mapToLong(Timeline.Part::events).sum());
    List<DeviceRow> rows = ledger.devices(null, Point.LATEST).items();
    Timeline.Part end = timeline.parts().getLast();
    assertEquals(rows.stream().mapToInt(row -> row.counts().armed()).sum(), end.armed());
    assertEquals(rows.stream().mapToInt(row -> row.counts().cached()).sum(), end.cached());
    assertTrue(end.peak() >= end.armed() + end.cached() + end.reserved());
  }

  @Property(tries = 60)
  void no_more_is_remembered_than_was_said_and_a_bit(
      @ForAll @Size(max = 80) List<@IntRange(max = 999) Integer> events,
      @ForAll @IntRange(min = 1, max = 20) int most) {
    Chronicler chronicler = new Chronicler(() -> log, Lookups.releasedOnly(), most);
    for (int what : events) {
      happen(what);
      chronicler.catchUp();
      long remembered =
          chronicler.chronicle().ranges().values().stream()
              .mapToLong(range -> range.end() - range.begin())
              .sum();
      assertTrue(remembered <= most + most / 4 + 1, remembered + " of " + most);
    }
    assertEquals(ends(log.ranges()), ends(chronicler.chronicle().ranges()));
  }

  private static List<Long> ends(SortedMap<Integer, PartitionRange> ranges) {
    return ranges.values().stream().map(PartitionRange::end).filter(end -> end > 0).toList();
  }

  @Property(tries = 30)
  void a_log_of_another_time_is_not_mistaken_for_an_empty_one(
      @ForAll @IntRange(max = 99) int what) {
    PastLedger ledger = ledger(ENOUGH);
    ledger.remember();
    assertEquals(0, ledger.timeline(Scope.FLEET, null, null, 3).parts().getFirst().events());
    happen(what);
    ledger.remember();
    Timeline timeline =
        ledger.timeline(Scope.FLEET, 0L, Instant.parse("2030-01-01T00:00:00Z").toEpochMilli(), 3);
    assertEquals(
        count(Scope.FLEET), timeline.parts().stream().mapToLong(Timeline.Part::events).sum());
  }
}

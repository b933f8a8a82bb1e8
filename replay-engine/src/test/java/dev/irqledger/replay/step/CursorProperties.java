package dev.irqledger.replay.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.InMemoryLog;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Wherever a cursor goes, it shows what a plain fold up to there gives. */
class CursorProperties {
  private static final EventCodec CODEC = EventCodec.releasedOnly();
  private static final DeviceKey DEVICE = DeviceKey.parse("a/0000:01:00.0");
  private static final List<String> DEVICES =
      List.of(DEVICE.toString(), "a/0000:02:00.0", "b/0000:01:00.0");

  /** Of a move: which device, whether it arms, which vector, and whether it claims a failure. */
  private static InMemoryLog log(List<Integer> moves) {
    InMemoryLog log = new InMemoryLog(2);
    log.append(DEVICES.getFirst(), call(0, 3, 0));
    for (int move : moves) {
      if (move % 31 == 30) {
        log.append(move % 2, new byte[] {1, 2, (byte) move});
        continue;
      }
      int fd = move / 3 % 2 == 0 ? -1 : 3;
      log.append(DEVICES.get(move % 3), call(move / 6 % 8, fd, move / 48 == 0 ? 0 : -22));
    }
    return log;
  }

  private static InterruptsSet call(int vector, int fd, int result) {
    var call = SetIrqs.triggers(IrqIndex.MSIX, vector, new int[] {fd});
    return new InterruptsSet(call, OptionalInt.of(result), 0, null);
  }

  private static ResolvedPoint end(InMemoryLog log) {
    return new PointResolver(log, CODEC, InstantSource.system()).resolve(Point.LATEST, null);
  }

  private static DeviceHistory history(InMemoryLog log, int stride, int most) {
    var history = new DeviceHistory(log, CODEC, DEVICE, 2, new KeptStates(stride, most));
    history.index(end(log));
    return history;
  }

  private record Event(LogRecord record, Folded folded, Folded before) {
    boolean changed(int vector) {
      var was = before.state().interrupts().vectors().get(vector);
      var is = folded.state().interrupts().vectors().get(vector);
      return was == null ? is != null : !was.equals(is);
    }
  }

  /** All that happened to the device, by one fold from the beginning. */
  private static List<Event> plain(InMemoryLog log) {
    List<Event> events = new ArrayList<>();
    var unseen = DeviceState.unseen(DEVICE);
    Folded[] before = {new Folded(unseen, unseen.interrupts(), List.of(), List.of(), true)};
    Replayer.Observer observer =
        (LogRecord record, InterruptEvent _, Folded folded) -> {
          events.add(new Event(record, folded, before[0]));
          before[0] = folded;
        };
    var one = new Devices(DEVICE.host(), DEVICE.bdf());
    var _ = new Replayer(log, CODEC).replay(end(log), one, _ -> true, observer);
    return events;
  }

  private static byte[] bytes(FoldedState state) {
    return new DeviceStateCodec(SchemaCatalog.releasedOnly()).encode(state);
  }

  private static int after(int index, int count, IntPredicate wanted) {
    return IntStream.range(index + 1, count).filter(wanted).findFirst().orElse(index);
  }

  private static int before(int index, IntPredicate wanted) {
    return IntStream.range(0, index).filter(wanted).max().orElse(index);
  }

  private static int expected(List<Event> events, int index, int move) {
    int vector = move / 8 % 8;
    IntPredicate changed = i -> events.get(i).changed(vector);
    IntPredicate violates = i -> !events.get(i).folded().violations().isEmpty();
    int last = events.size() - 1;
    return switch (move % 8) {
      case 0 -> Math.min(index + 1, last);
      case 1 -> Math.max(index - 1, 0);
      case 2 -> after(index, events.size(), changed);
      case 3 -> before(index, changed);
      case 4 -> after(index, events.size(), violates);
      case 5 -> before(index, violates);
      case 6 -> vector < 4 ? 0 : last;
      case 7 -> Math.clamp(index + (vector - 4) * 7L, 0, last);
      default -> throw new AssertionError(move);
    };
  }

  private static boolean move(Cursor cursor, int move) {
    int vector = move / 8 % 8;
    return switch (move % 8) {
      case 0 -> cursor.by(1);
      case 1 -> cursor.by(-1);
      case 2 -> cursor.toNextChange(vector);
      case 3 -> cursor.toPreviousChange(vector);
      case 4 -> cursor.toNextViolation();
      case 5 -> cursor.toPreviousViolation();
      case 6 -> vector < 4 ? cursor.toFirst() : cursor.toLast();
      case 7 -> cursor.by((vector - 4) * 7);
      default -> throw new AssertionError(move);
    };
  }

  @Property(tries = 150)
  void every_walk_shows_what_plain_folds_give(
      @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 95) Integer> moves,
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 63) Integer> walk,
      @ForAll @IntRange(min = 1, max = 5) int stride,
      @ForAll @IntRange(min = 2, max = 4) int most) {
    InMemoryLog log = log(moves);
    List<Event> events = plain(log);
    Cursor cursor = new Cursor(history(log, stride, most), 0);
    assertEquals(events.size(), cursor.history().count());
    for (int move : walk) {
      int index = expected(events, cursor.index(), move);
      assertEquals(index != cursor.index(), move(cursor, move));
      assertEquals(index, cursor.index());
      shows(log, cursor, events.get(index));
    }
  }

  /** What the cursor shows is what a fold up to its offset gives, byte for byte. */
  private static void shows(InMemoryLog log, Cursor cursor, Event event) {
    Step step = cursor.step();
    assertEquals(cursor.history().offset(cursor.index()), step.record().offset());
    var point = new TreeMap<Integer, Long>();
    point.put(cursor.history().partition(), step.record().offset());
    var one = new Devices(DEVICE.host(), DEVICE.bdf());
    var image = new Replayer(log, CODEC).state(new ResolvedPoint(point), one, _ -> true);
    FoldedState folded = Objects.requireNonNull(image.devices().get(DEVICE));
    assertEquals(folded, step.state());
    assertArrayEquals(bytes(folded), bytes(step.state()));
    assertEquals(event.folded(), step.folded());
    assertEquals(event.before().state(), step.earlier());
  }

  @Test
  void a_longer_history_than_the_window_is_walked_both_ways() {
    InMemoryLog log = log(IntStream.range(0, 2400).map(i -> i * 7 % 96).boxed().toList());
    List<Event> events = plain(log);
    Cursor cursor = new Cursor(DeviceHistory.read(log, CODEC, DEVICE, end(log)), 0);
    assertTrue(events.size() > 600, events.size() + " events");
    for (int index : new int[] {0, 255, 256, 257, events.size() - 1, 511, 512, 0}) {
      var _ = cursor.to(index);
      assertEquals(events.get(index).folded(), cursor.step().folded());
    }
  }

  @Property(tries = 100)
  void kept_states_are_few_and_the_nearest_is_found(
      @ForAll @IntRange(min = 1, max = 500) int events,
      @ForAll @IntRange(min = 1, max = 5) int stride,
      @ForAll @IntRange(min = 2, max = 7) int most) {
    KeptStates kept = new KeptStates(stride, most);
    for (int i = 0; i < events; i++) {
      kept.offer(i, state(i));
    }
    assertTrue(kept.count() <= most);
    for (int i = 0; i < events; i++) {
      int begin = kept.begin(i);
      assertTrue(begin <= i);
      assertEquals(begin, kept.before(begin).position().offset());
      // Half as many as may be kept are there at the least, as far as there are so many events.
      assertTrue(i - begin <= stride + 4L * events / most, i + " from " + begin);
    }
  }

  private static FoldedState state(long offset) {
    return new FoldedState(DeviceState.unseen(DEVICE), new LogPosition(0, offset, 0));
  }

  @Test
  void a_device_without_events_is_refused() {
    InMemoryLog log = log(List.of());
    DeviceKey other = DeviceKey.parse("a/0000:09:00.0");
    ReplayException none =
        assertThrows(ReplayException.class, () -> DeviceHistory.read(log, CODEC, other, end(log)));
    assertEquals(ReplayException.Kind.NO_SUCH_POINT, none.kind());
    assertTrue(none.getMessage().contains(other.toString()), none.getMessage());
  }
}

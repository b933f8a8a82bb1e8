package dev.irqledger.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.point.Point;
import dev.irqledger.wire.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that are folded side by side give what they give one after another. */
class LanesTest {
  private static final int EVENTS = 6000;

  private static InMemoryLog log(int partitions, long seed) {
    InMemoryLog log = new InMemoryLog(partitions);
    Random random = new Random(seed);
    for (int i = 0; i < EVENTS; i++) {
      arm(log, "hv-" + random.nextInt(9) + "/0000:01:00." + random.nextInt(3), random);
    }
    return log;
  }

  private static void arm(InMemoryLog log, String device, Random random) {
    SetIrqs call =
        SetIrqs.triggers(
            IrqIndex.MSIX, random.nextInt(40), random.nextInt(9), -1, random.nextInt(5));
    log.append(device, new InterruptsSet(call, OptionalInt.of(0), 0, null));
  }

  private static ResolvedPoint latest(LogSource log) {
    return new PointResolver(log, EventCodec.releasedOnly(), InstantSource.system())
        .resolve(Point.LATEST, null);
  }

  private static ResolvedPoint anyPoint(LogSource log, long seed) {
    Random random = new Random(seed);
    ResolvedPoint latest = latest(log);
    SortedMap<Integer, Long> last = new TreeMap<>();
    latest.last().forEach((p, end) -> last.put(p, random.nextLong(-1, end + 1)));
    return new ResolvedPoint(last);
  }

  private static Image rebuild(
      LogSource log, ResolvedPoint point, int threads, Predicate<DeviceKey> wanted) {
    return new Replayer(log, EventCodec.releasedOnly(), threads, 0)
        .rebuild(point, wanted, _ -> true);
  }

  @ParameterizedTest
  @CsvSource({"2,2", "6,2", "6,4", "3,8", "1,4"})
  void any_number_of_threads_gives_the_same(int partitions, int threads) {
    InMemoryLog log = log(partitions, partitions);
    log.append(partitions - 1, new byte[] {1, 2, 3});
    for (int seed = 0; seed < 20; seed++) {
      Predicate<DeviceKey> wanted =
          seed % 2 == 0 ? _ -> true : device -> device.host().endsWith("3");
      ResolvedPoint point = anyPoint(log, seed);
      Image expected = rebuild(log, point, 1, wanted);
      assertSame(expected, rebuild(log, point, threads, wanted));
      assertSame(expected, rebuild(new SideBySide(log), point, threads, wanted));
    }
  }

  private static void assertSame(Image expected, Image image) {
    assertEquals(expected.devices(), image.devices());
    assertEquals(expected.events(), image.events());
    assertEquals(expected.logTimeMillis(), image.logTimeMillis());
    assertEquals(expected.unreadable().count(), image.unreadable().count());
    assertEquals(expected.unreadable().first(), image.unreadable().first());
  }

  @Test
  void a_device_in_two_partitions_is_folded_in_the_order_of_the_log() {
    InMemoryLog one = new InMemoryLog(1);
    Random random = new Random(1);
    for (int i = 0; i < 600; i++) {
      arm(one, "hv-1/0000:01:00.0", random);
    }
    InMemoryLog two = new InMemoryLog(2);
    one.read(
        latest(one).last(),
        record -> {
          two.append(record.offset() < 300 ? 0 : 1, Objects.requireNonNull(record.value()));
          return true;
        });
    Image expected = rebuild(two, latest(two), 1, _ -> true);
    assertEquals(600, expected.devices().firstEntry().getValue().state().tally().events());
    assertSame(expected, rebuild(two, latest(two), 2, _ -> true));
    assertSame(expected, rebuild(new SideBySide(two), latest(two), 2, _ -> true));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_fails_in_a_lane_fails_the_replay_and_ends_all_lanes(boolean sideBySide) {
    InMemoryLog inMemory = log(4, 4);
    LogSource log = sideBySide ? new SideBySide(inMemory) : inMemory;
    IllegalStateException failure = new IllegalStateException("no more");
    Predicate<DeviceKey> failing =
        device -> {
          if (device.host().equals("hv-3")) {
            throw failure;
          }
          return true;
        };
    ResolvedPoint latest = latest(log);
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> rebuild(log, latest, 2, failing));
    Assertions.assertSame(failure, thrown);
    assertEquals(List.of(), lanesAlive());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_log_that_breaks_off_ends_all_lanes(boolean sideBySide) {
    InMemoryLog log = log(4, 5);
    ResolvedPoint beyond = latest(log);
    LogSource breaking = new BreakingLog(log);
    LogSource from = sideBySide ? new SideBySide(breaking) : breaking;
    ReplayException thrown =
        assertThrows(ReplayException.class, () -> rebuild(from, beyond, 2, _ -> true));
    assertEquals(ReplayException.Kind.UNREACHABLE, thrown.kind());
    assertEquals(List.of(), lanesAlive());
  }

  /** Those that do not end. One that has handed its result over may be on its way out. */
  private static List<String> lanesAlive() {
    List<String> alive = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(Lanes.THREAD) && !ended(thread)) {
        alive.add(thread.getName());
      }
    }
    return alive;
  }

  private static boolean ended(Thread thread) {
    try {
      return thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A log that several threads may read. */
  private record SideBySide(LogSource log) implements LogSource {
    @Override
    public SortedMap<Integer, PartitionRange> ranges() {
      return log.ranges();
    }

    @Override
    public SortedMap<Integer, Long> firstAfter(Instant time) {
      return log.firstAfter(time);
    }

    @Override
    public void read(SortedMap<Integer, Long> last, Sink sink) {
      log.read(last, sink);
    }

    @Override
    public boolean readsSideBySide() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** Gives a thousand records of another log, and then fails. */
  private record BreakingLog(LogSource log) implements LogSource {
    @Override
    public SortedMap<Integer, PartitionRange> ranges() {
      return log.ranges();
    }

    @Override
    public SortedMap<Integer, Long> firstAfter(Instant time) {
      return log.firstAfter(time);
    }

    @Override
    public void read(SortedMap<Integer, Long> last, Sink sink) {
      int[] left = {1000};
      log.read(
          last,
          record -> {
            if (left[0]-- == 0) {
              throw new ReplayException(ReplayException.Kind.UNREACHABLE, "gone");
            }
            return sink.accept(record);
          });
    }

    @Override
    public void close() {
      log.close();
    }
  }
}

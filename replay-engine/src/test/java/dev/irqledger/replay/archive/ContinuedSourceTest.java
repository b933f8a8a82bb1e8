package dev.irqledger.replay.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.ContinuedSource;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.InMemoryLog;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinuedSourceTest {
  private static final int ARCHIVED = 120;
  private static final int ALL = 200;

  @TempDir private Path folder;
  private final InMemoryLog log = SampleLog.of(ARCHIVED);
  private ContinuedSource continued;

  @BeforeEach
  void goOn() {
    Path directory = Archives.pull(log, folder.resolve("archive"));
    SampleLog.grow(log, ARCHIVED, ALL);
    continued = new ContinuedSource(ArchiveLogSource.open(directory), log);
  }

  @Test
  void every_record_comes_once_whether_the_archive_or_the_log_has_it() {
    assertEquals(Archives.records(log), Archives.records(continued));
    assertEquals(log.ranges(), continued.ranges());
  }

  @Test
  void the_state_at_every_time_is_that_of_the_log_alone() {
    for (int i = 0; i < ALL; i += 3) {
      Point point = new Point.LogTime(InMemoryLog.timeOf(i));
      ResolvedPoint own = resolve(continued, point);
      assertEquals(resolve(log, point), own);
      assertEquals(
          Archives.text(Archives.state(log, own, Devices.ALL)),
          Archives.text(Archives.state(continued, own, Devices.ALL)));
    }
  }

  private static ResolvedPoint resolve(LogSource source, Point point) {
    return new PointResolver(source, EventCodec.releasedOnly(), InstantSource.system())
        .resolve(point, null);
  }

  @Test
  void what_the_log_has_dropped_is_had_from_the_archive() {
    String before = Archives.text(Archives.state(log, resolve(log, Point.LATEST), Devices.ALL));
    log.cut(0, 30);
    log.cut(1, 20);
    assertThrows(
        ReplayException.class, () -> Archives.state(log, resolve(log, Point.LATEST), Devices.ALL));
    assertEquals(
        before,
        Archives.text(Archives.state(continued, resolve(continued, Point.LATEST), Devices.ALL)));
  }

  @Test
  void an_archive_of_another_log_is_refused() {
    continued.requireSameLog();
    InMemoryLog other = new InMemoryLog(SampleLog.PARTITIONS);
    SampleLog.grow(other, 500, 500 + ALL);
    refused(other, "another one");
    refused(new InMemoryLog(3), "partitions");
    refused(SampleLog.of(ARCHIVED / 2), "ends later");
  }

  @Test
  void records_that_are_in_neither_are_told() {
    log.cut(0, log.ranges().get(0).end() - 1);
    String why = assertThrows(ReplayException.class, continued::requireSameLog).getMessage();
    assertTrue(why.contains("are in neither"), why);
  }

  private void refused(InMemoryLog other, String because) {
    ContinuedSource wrong =
        new ContinuedSource(ArchiveLogSource.open(folder.resolve("archive")), other);
    String why = assertThrows(ReplayException.class, wrong::requireSameLog).getMessage();
    assertTrue(why.contains(because), why);
  }
}

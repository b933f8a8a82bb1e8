package dev.irqledger.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.web.QueryException.Kind;
import dev.irqledger.wire.Lookups;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PastLedgerTest {
  private static final String DEVICE = "hv-1/0000:01:00.0";
  private static final Duration LONG = Duration.ofSeconds(30);

  private final MemoryLog log = new MemoryLog(3);

  private PastLedger ledger(Duration most, int atOnce) {
    return new PastLedger(() -> log, Lookups.releasedOnly(), most, atOnce, 1000);
  }

  @Test
  void what_a_host_is_asked_about_reflects_its_partition_alone() {
    log.arm(DEVICE, 2);
    Cut<DeviceRow> cut = ledger(LONG, 1).devices("hv-1", Point.LATEST);
    assertEquals(1, cut.position().last().size());
    assertEquals(1, cut.items().size());
    Point same = new Point.Offsets(cut.position().last());
    assertEquals(cut, ledger(LONG, 1).devices("hv-1", same));
  }

  @Test
  void an_answer_that_takes_too_long_is_given_up() {
    log.arm(DEVICE, 2);
    QueryException late =
        assertThrows(
            QueryException.class, () -> ledger(Duration.ZERO, 1).devices(null, Point.LATEST));
    assertEquals(Kind.TOO_LONG, late.kind());
  }

  @Test
  void no_more_answers_are_made_at_once_than_may() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    PastLedger ledger =
        new PastLedger(
            () -> {
              begun.countDown();
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return log;
            },
            Lookups.releasedOnly(),
            LONG,
            1,
            1000);
    FutureTask<Cut<DeviceRow>> first = new FutureTask<>(() -> ledger.devices(null, Point.LATEST));
    Thread.ofVirtual().start(first);
    begun.await();
    QueryException busy =
        assertThrows(QueryException.class, () -> ledger.devices(null, Point.LATEST));
    assertEquals(Kind.BUSY, busy.kind());
    over.countDown();
    assertEquals(0, first.get().items().size());
  }

  @Test
  void a_point_that_the_log_does_not_hold_is_a_wrong_question() {
    for (Point point :
        new Point[] {Point.Offsets.of(Map.of(7, 1L)), Point.Offsets.of(Map.of(0, 9L))}) {
      QueryException wrong =
          assertThrows(
              QueryException.class, () -> ledger(LONG, 1).device(DeviceKey.parse(DEVICE), point));
      assertEquals(Kind.WRONG_QUESTION, wrong.kind());
    }
  }

  @Test
  void a_device_without_an_event_has_no_history() {
    QueryException none =
        assertThrows(
            QueryException.class,
            () -> ledger(LONG, 1).history(DeviceKey.parse(DEVICE), Point.LATEST, -1, 10));
    assertEquals(Kind.NOT_FOUND, none.kind());
  }
}

package dev.irqledger.agent.ledger;

import static dev.irqledger.agent.Fixtures.NVME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.KnownHeads;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatcherTest {
  private static final int MISSED = 7;

  @TempDir private Path folder;

  @Test
  void one_who_does_not_listen_holds_nothing_up_and_is_told_what_was_missed() throws Exception {
    CountDownLatch listening = new CountDownLatch(1);
    CountDownLatch first = new CountDownLatch(1);
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (Journal journal = Journal.open(folder, Fixtures.HOST, Sync.OFF);
        Watcher watcher =
            new Watcher(line -> {
              first.countDown();
              awaitFor(listening);
              heard.add(line);
            })) {
      HostLedger ledger =
          new HostLedger(Fixtures.SELF, journal, KnownHeads.FIRST_EPOCH, Fixtures.CLOCK);
      ledger.listen(watcher);
      record(ledger);
      assertTrue(first.await(10, TimeUnit.SECONDS));
      for (int i = 0; i < Watcher.WAITING + MISSED; i++) {
        record(ledger);
      }
      listening.countDown();
      for (int i = 0; i <= Watcher.WAITING; i++) {
        assertTrue(heard.poll(10, TimeUnit.SECONDS).contains("refused: no"));
      }
      record(ledger);
      assertEquals(
          "... " + MISSED + " events were not told in time", heard.poll(10, TimeUnit.SECONDS));
      assertTrue(heard.poll(10, TimeUnit.SECONDS).contains("refused: no"));
    }
  }

  @Test
  void a_processs_name_cannot_speak_to_the_terminal() {
    try (Journal journal = Journal.open(folder, Fixtures.HOST, Sync.OFF)) {
      HostLedger ledger =
          new HostLedger(Fixtures.SELF, journal, KnownHeads.FIRST_EPOCH, Fixtures.CLOCK);
      Actor actor = Actor.process(7, "a\033]0;b\nc");
      Recorded recorded =
          ledger.record(NVME, Source.OBSERVED_CALL, actor, new CommandRefused("no"));
      String line = EventLine.of(recorded);
      assertTrue(line.contains("a?]0;b?c 7"), line);
    }
  }

  private static void record(HostLedger ledger) {
    var _ = ledger.record(NVME, Source.AGENT_CALL, Fixtures.SELF.actor(), new CommandRefused("no"));
  }

  private static void awaitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.irqledger.agent.ledger;

import static dev.irqledger.agent.Fixtures.CLOCK;
import static dev.irqledger.agent.Fixtures.HOST;
import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.SELF;
import static dev.irqledger.agent.Fixtures.XHCI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.LogReader;
import dev.irqledger.agent.journal.Intent;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.journal.Undelivered;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.wire.KnownHeads;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLedgerTest {
  @TempDir private Path folder;
  private Journal journal;

  @BeforeEach
  void begin() {
    journal = Journal.open(folder, HOST, Sync.OFF);
  }

  @AfterEach
  void end() {
    journal.close();
  }

  private HostLedger ledger(KnownHeads before) {
    return new HostLedger(SELF, journal, before, CLOCK);
  }

  private static InterruptEvent refuse(HostLedger ledger, Bdf device, String reason) {
    return ledger
        .record(device, Source.AGENT_CALL, SELF.actor(), new CommandRefused(reason))
        .awaitDurable()
        .event();
  }

  @Test
  void events_are_taken_down_in_order_each_device_numbered_and_chained_by_itself() {
    HostLedger ledger = ledger(KnownHeads.FIRST_EPOCH);
    for (String reason : List.of("one", "two", "three")) {
      InterruptEvent nvme = refuse(ledger, NVME, reason);
      InterruptEvent xhci = refuse(ledger, XHCI, reason);
      assertTrue(nvme.id().compareTo(xhci.id()) < 0);
      assertEquals(7, nvme.id().version());
    }
    LogReader log = new LogReader();
    List<Undelivered> kept = journal.undelivered(100);
    kept.forEach(event -> log.read(event.value()));
    assertEquals(
        List.of(1L, 1L, 2L, 2L, 3L, 3L),
        log.events().stream().map(InterruptEvent::sequence).toList());
    assertEquals(log.events().get(0).hash(), log.events().get(2).previousHash());
    assertEquals(List.of(), log.violations());
    assertEquals("host-a/0000:01:00.0", kept.getFirst().key());
    assertEquals(SELF.epoch(), kept.getFirst().epoch());
  }

  @Test
  void an_event_says_whose_it_is_and_when() {
    InterruptEvent event = refuse(ledger(KnownHeads.FIRST_EPOCH), NVME, "no");
    assertEquals(7, event.epoch());
    assertEquals("boot-1", event.bootId());
    assertEquals(SELF.actor(), event.actor());
    assertEquals(ChronoUnit.MICROS.between(Instant.EPOCH, Fixtures.NOW), event.hostTimeMicros());
    assertFalse(event.journalLost());
    assertEquals(EventHash.NONE, event.previousHash());
  }

  @Test
  void of_a_device_that_no_journal_knows_the_first_event_says_so() {
    HostLedger ledger = ledger(new KnownHeads(Map.of(), true));
    assertTrue(refuse(ledger, NVME, "one").journalLost());
    assertFalse(refuse(ledger, NVME, "two").journalLost());
  }

  @Test
  void an_epoch_links_to_the_one_before_without_a_false_alarm() {
    EventHash last = refuse(ledger(KnownHeads.FIRST_EPOCH), NVME, "no").hash();
    KnownHeads before = journal.recovered().knownHeads();
    HostLedger next = new HostLedger(Fixtures.incarnation(8), journal, before, CLOCK);
    Recorded first =
        next.record(NVME, Source.AGENT_CALL, SELF.actor(), new CommandRefused("again"));
    assertEquals(last, first.event().previousHash());
    assertEquals(List.of(), first.folded().violations());
  }

  @Test
  void a_snapshot_and_a_refusal_do_not_change_who_holds_a_device() {
    HostLedger ledger = ledger(KnownHeads.FIRST_EPOCH);
    Actor monitor = new Actor("web", null, 77, "qemu", null);
    KernelView view = KernelView.whole(InterruptMode.NONE, List.of());
    var _ =
        ledger.record(
            NVME, Source.OBSERVED_CALL, monitor, Fixtures.enable("set 2 0 1 eventfd trigger e0"));
    var _ = ledger.record(NVME, Source.OBSERVED_STATE, Actor.UNKNOWN, new StateObserved(view));
    var _ = refuse(ledger, NVME, "no");
    assertEquals(monitor, ledger.holdings().get(NVME).holder());
    var _ =
        ledger.record(
            NVME,
            Source.OBSERVED_CALL,
            monitor,
            new DeviceReleased(DeviceReleased.Cause.CLOSED, null));
    assertEquals(Actor.UNKNOWN, ledger.holdings().get(NVME).holder());
  }

  @Test
  void an_intent_is_there_until_its_outcome_is() {
    HostLedger ledger = ledger(KnownHeads.FIRST_EPOCH);
    Intent intent = new Intent(NVME, "open", null);
    ledger.intend(intent, false);
    assertEquals(List.of(intent), journal.recovered().intents());
    var _ = ledger.settle(intent, SELF.actor(), new CommandRefused("no")).awaitDurable();
    assertEquals(List.of(), journal.recovered().intents());
  }

  @Test
  void listeners_are_told_in_order_until_they_are_not() {
    HostLedger ledger = ledger(KnownHeads.FIRST_EPOCH);
    List<Long> heard = new ArrayList<>();
    java.util.function.Consumer<Recorded> listener =
        recorded -> heard.add(recorded.event().sequence());
    ledger.listen(listener);
    var _ = refuse(ledger, NVME, "one");
    var _ = refuse(ledger, NVME, "two");
    ledger.unlisten(listener);
    var _ = refuse(ledger, NVME, "three");
    assertEquals(List.of(1L, 2L), heard);
  }
}

package dev.irqledger.agent;

import static dev.irqledger.agent.Fixtures.CLOCK;
import static dev.irqledger.agent.Fixtures.EDU;
import static dev.irqledger.agent.Fixtures.HOST;
import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.XHCI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.act.OpExecutor;
import dev.irqledger.agent.journal.Entry;
import dev.irqledger.agent.journal.Intent;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Recovered;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReleased.Cause;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.Source;
import dev.irqledger.recordings.Op;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an epoch begins with. The agent before had NVME open, another program XHCI; nobody had EDU.
 */
class RecoveryTest {
  private static final UUID REQUEST = new UUID(7, 7);
  private static final Actor MONITOR = new Actor("web", null, 77, "qemu", null);
  private static final String ARMED = "set 2 0 2 eventfd trigger e0,e1";
  private static final String BOOT = "boot-1";
  private static final String NEXT_BOOT = "boot-2";

  @TempDir private Path folder;
  private final LogReader log = new LogReader();

  @BeforeEach
  void an_agent_has_died() {
    try (Journal journal = Journal.open(folder, HOST, Sync.OFF)) {
      HostLedger ledger = begin(journal, BOOT);
      var _ = ledger.record(NVME, Source.AGENT_CALL, ledger.self().actor(), opened());
      var _ = ledger.record(NVME, Source.AGENT_CALL, MONITOR, Fixtures.enable(ARMED));
      var _ = ledger.record(XHCI, Source.OBSERVED_CALL, MONITOR, Fixtures.enable(ARMED));
      var _ = ledger.record(EDU, Source.AGENT_CALL, MONITOR, new CommandRefused("no"));
    }
  }

  private static EventBody opened() {
    var executor = new OpExecutor(Fixtures.host().startProcess(), NVME, Fixtures::words);
    return executor.execute(new Op.Open());
  }

  /** A process's life begins. */
  private static HostLedger begin(Journal journal, String bootId) {
    Recovered before = journal.recovered();
    Incarnation self =
        new Incarnation(HOST, bootId, journal.beginEpoch(1), Actor.process(1, "test"));
    HostLedger ledger = new HostLedger(self, journal, before.knownHeads(), CLOCK);
    new Recovery(before, ledger).takeDown();
    return ledger;
  }

  private void leave(Intent intent) {
    try (Journal journal = Journal.open(folder, HOST, Sync.OFF)) {
      journal.write(new Entry.Intended(intent, false));
    }
  }

  /** The next agent begins; its first events, by device. */
  private Map<Bdf, List<InterruptEvent>> next(String bootId) {
    try (Journal journal = Journal.open(folder, HOST, Sync.OFF)) {
      long epoch = begin(journal, bootId).self().epoch();
      while (journal.backlog() > 0) {
        var batch = journal.undelivered(100);
        batch.forEach(event -> log.read(event.value()));
        journal.write(new Entry.Delivered(batch.getLast().row()));
      }
      Map<Bdf, List<InterruptEvent>> first = new TreeMap<>();
      for (InterruptEvent event : log.events()) {
        if (event.epoch() == epoch) {
          first.computeIfAbsent(event.device().bdf(), _ -> new ArrayList<>()).add(event);
        }
      }
      assertEquals(List.of(), log.violations());
      return first;
    }
  }

  private static DeviceReleased released(Cause cause) {
    return new DeviceReleased(cause, null);
  }

  private static List<EventBody> bodies(List<InterruptEvent> events) {
    return events.stream().map(InterruptEvent::body).toList();
  }

  @Test
  void what_the_agent_had_opened_is_released_and_nothing_else() {
    Map<Bdf, List<InterruptEvent>> first = next(BOOT);
    assertEquals(List.of(released(Cause.AGENT_DIED)), bodies(first.get(NVME)));
    assertEquals(Set.of(NVME), first.keySet());
    assertEquals(2, log.state(XHCI).counts().armed());
  }

  @Test
  void the_epoch_grows_and_links_to_the_last_event_before() {
    InterruptEvent first = next(BOOT).get(NVME).getFirst();
    InterruptEvent last = log.events().get(1);
    assertEquals(NVME, last.device().bdf());
    assertEquals(last.epoch() + 1, first.epoch());
    assertEquals(1, first.sequence());
    assertEquals(last.hash(), first.previousHash());
  }

  @Test
  void a_request_under_way_is_answered_by_its_id_and_only_once() {
    leave(new Intent(NVME, ARMED, REQUEST));
    List<InterruptEvent> first = next(BOOT).get(NVME);
    assertEquals(2, first.size());
    CommandRefused refused = assertInstanceOf(CommandRefused.class, first.getLast().body());
    assertTrue(refused.reason().contains("'" + ARMED + "'"), refused.reason());
    assertEquals(REQUEST, first.getLast().actor().commandId());
    assertEquals(Map.of(), next(BOOT), "of that death all is told");
  }

  @Test
  void an_open_under_way_on_a_device_of_somebody_else_does_not_release_it() {
    leave(new Intent(XHCI, "open", REQUEST));
    List<InterruptEvent> first = next(BOOT).get(XHCI);
    assertEquals(1, first.size(), first::toString);
    assertInstanceOf(CommandRefused.class, first.getFirst().body());
    assertEquals(2, log.state(XHCI).counts().armed());
  }

  @Test
  void a_boot_has_released_every_device_that_was_held() {
    assertReleasedByBoot();
  }

  private void assertReleasedByBoot() {
    Map<Bdf, List<InterruptEvent>> first = next(NEXT_BOOT);
    assertEquals(Set.of(NVME, XHCI), first.keySet());
    assertEquals(List.of(released(Cause.HOST_REBOOTED)), bodies(first.get(NVME)));
    assertEquals(List.of(released(Cause.HOST_REBOOTED)), bodies(first.get(XHCI)));
  }

  @Test
  void a_death_before_a_boot_is_taken_down_does_not_hide_the_boot() {
    try (Journal journal = Journal.open(folder, HOST, Sync.OFF)) {
      var _ = journal.beginEpoch(1); // and it dies
    }
    assertReleasedByBoot();
  }

  @Test
  void a_death_in_the_middle_of_taking_down_repeats_nothing_that_was_taken_down() {
    try (Journal journal = Journal.open(folder, HOST, Sync.OFF)) {
      Recovered before = journal.recovered();
      Incarnation self = new Incarnation(HOST, NEXT_BOOT, journal.beginEpoch(1), MONITOR);
      var _ =
          new HostLedger(self, journal, before.knownHeads(), CLOCK)
              .record(NVME, Source.AGENT_CALL, MONITOR, released(Cause.HOST_REBOOTED));
    }
    Map<Bdf, List<InterruptEvent>> first = next(NEXT_BOOT);
    assertEquals(Set.of(XHCI), first.keySet());
    assertEquals(List.of(released(Cause.HOST_REBOOTED)), bodies(first.get(XHCI)));
  }
}

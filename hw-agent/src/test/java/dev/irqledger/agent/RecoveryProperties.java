package dev.irqledger.agent;

import static dev.irqledger.agent.Fixtures.CLOCK;
import static dev.irqledger.agent.Fixtures.HOST;
import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.XHCI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.journal.Entry;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Recovered;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.journal.Undelivered;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.fold.Drift;
import dev.irqledger.recordings.OpScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * An agent dies at any of its calls; the next one takes over; another program may be in between.
 */
class RecoveryProperties {
  private static final List<String> OPS =
      List.of(
          "open",
          "set 2 0 3 eventfd trigger e0,e1,e2",
          "set 2 3 2 eventfd trigger e3,e4",
          "set 2 1 2 eventfd trigger -1,b",
          "reset",
          "set 2 0 0 none trigger",
          "set 0 0 1 eventfd trigger e5",
          "close",
          "open",
          "set 1 0 1 eventfd trigger e0",
          "set 2 0 2 eventfd trigger e0,e1");

  @Property(tries = 80)
  void however_the_agent_dies_the_ledger_is_the_kernel_and_nothing_is_lost_or_twice(
      @ForAll @IntRange(max = 60) int calls,
      @ForAll boolean afterwards,
      @ForAll boolean somebodyElse,
      @ForAll boolean rebooted)
      throws IOException {
    Path folder = Files.createTempDirectory("irq-ledger-recovery");
    try {
      ModelledHost host = Fixtures.host();
      Set<UUID> answered = new HashSet<>();
      try (Journal journal = Journal.open(folder, HOST, Sync.OFF)) {
        dying(host, journal, new DyingVfio(host.startProcess(), calls, afterwards), answered);
      }
      try (Vfio monitor = host.startProcess()) {
        if (somebodyElse && !rebooted) {
          var _ = monitor.openDevice(NVME);
        }
        try (Journal journal = Journal.open(folder, HOST, Sync.OFF)) {
          String bootId = rebooted ? "another boot" : host.bootId();
          takenOver(host, journal, bootId, somebodyElse && !rebooted, answered);
        }
      }
    } finally {
      delete(folder);
    }
  }

  private static void dying(ModelledHost host, Journal journal, Vfio process, Set<UUID> answered) {
    Agent agent = agent(host, process, journal, host.bootId());
    try {
      for (String op : OPS) {
        for (Bdf device : List.of(NVME, XHCI)) {
          UUID request = new UUID(device.hashCode(), answered.size());
          answered.add(
              agent
                  .answer(request, Fixtures.NOW, OptionalLong.empty(), device, OpScript.parse(op))
                  .event()
                  .id());
        }
      }
    } catch (DyingVfio.Death _) {
      process.close(); // as the kernel does it
      return;
    }
    process.close();
  }

  private static Agent agent(ModelledHost host, Vfio process, Journal journal, String bootId) {
    Recovered before = journal.recovered();
    Incarnation self =
        new Incarnation(HOST, bootId, journal.beginEpoch(1), Actor.process(1, "test"));
    HostLedger ledger = new HostLedger(self, journal, before.knownHeads(), CLOCK);
    new Recovery(before, ledger).takeDown();
    return new Agent(process, () -> Set.copyOf(host.devices()), ledger, Fixtures::words);
  }

  private static void takenOver(
      ModelledHost host, Journal journal, String bootId, boolean nvmeIsTaken, Set<UUID> answered) {
    int pending = journal.recovered().intents().size();
    int opened = journal.recovered().opened().size();
    try (Vfio process = host.startProcess()) {
      Agent next = agent(host, process, journal, bootId);
      assertEquals(List.of(), journal.recovered().intents());
      var _ = next.perform(NVME, OpScript.parse("open"));
      var _ = next.perform(XHCI, OpScript.parse("open"));
      var _ = next.perform(XHCI, OpScript.parse("set 2 0 2 eventfd trigger e0,e1"));
      LogReader log = new LogReader();
      drain(journal, log);
      assertEquals(List.of(), log.violations());
      assertAgrees(process, log, NVME);
      assertAgrees(process, log, XHCI);
      assertEquals(!nvmeIsTaken, next.holds(NVME));
      assertToldOnce(log, answered, pending, opened);
    }
  }

  private static void assertToldOnce(LogReader log, Set<UUID> answered, int pending, int opened) {
    Set<UUID> ids = new HashSet<>();
    log.events().forEach(event -> assertTrue(ids.add(event.id()), event::toString));
    assertTrue(ids.containsAll(answered));
    long epoch = log.events().getLast().epoch();
    List<InterruptEvent> second =
        log.events().stream().filter(event -> event.epoch() == epoch).toList();
    long unknown =
        second.stream()
            .filter(event ->
                event.body() instanceof CommandRefused(String reason)
                    && reason.contains("is not known")
                    && event.actor().commandId() != null)
            .count();
    assertEquals(pending, unknown);
    long released = second.stream().filter(event -> event.body() instanceof DeviceReleased).count();
    assertTrue(released >= opened, second::toString);
  }

  private static void assertAgrees(Vfio kernel, LogReader log, Bdf device) {
    KernelView shown = kernel.look(device, 0, KernelView.MAX_VECTORS);
    assertEquals(List.of(), Drift.between(log.state(device), shown));
  }

  private static void drain(Journal journal, LogReader log) {
    while (journal.backlog() > 0) {
      List<Undelivered> batch = journal.undelivered(7);
      batch.forEach(event -> log.read(event.value()));
      journal.write(new Entry.Delivered(batch.getLast().row()));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

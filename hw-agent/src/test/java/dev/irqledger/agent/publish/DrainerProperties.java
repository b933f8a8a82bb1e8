package dev.irqledger.agent.publish;

import static dev.irqledger.agent.Fixtures.CLOCK;
import static dev.irqledger.agent.Fixtures.HOST;
import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.XHCI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.LogReader;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Recovered;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.publish.FlakyLog.Fate;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class DrainerProperties {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(60);

  @Provide
  Arbitrary<List<Fate>> fates() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(Fate.ACKNOWLEDGED)),
            Tuple.of(1, Arbitraries.just(Fate.ACKNOWLEDGEMENT_LOST)),
            Tuple.of(1, Arbitraries.just(Fate.REFUSED)))
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 60)
  void whatever_the_broker_does_the_log_is_the_journal_in_order(
      @ForAll("fates") List<Fate> fates,
      @ForAll @IntRange(max = 3) int away,
      @ForAll @IntRange(min = 1, max = 25) int first,
      @ForAll @IntRange(min = 1, max = 25) int second)
      throws Exception {
    Path folder = Files.createTempDirectory("irq-ledger-drainer");
    try {
      List<UUID> happened = new ArrayList<>();
      live(folder, first, happened);
      live(folder, second, happened);
      FlakyLog log = new FlakyLog();
      log.next(fates);
      log.awayFor(away);
      try (Journal journal = Journal.open(folder, HOST, Sync.OFF);
          Drainer drainer = new Drainer(journal, log, SOON)) {
        assertTrue(drainer.awaitDrained(LONG));
        assertEquals(0, journal.backlog());
      }
      assertEquals(happened, inOrder(log));
    } finally {
      delete(folder);
    }
  }

  /** One epoch of a host, with so many events. */
  private static void live(Path folder, int events, List<UUID> happened) {
    try (Journal journal = Journal.open(folder, HOST, Sync.OFF)) {
      Recovered before = journal.recovered();
      long epoch = journal.beginEpoch(1);
      Incarnation self = new Incarnation(HOST, "boot-1", epoch, Actor.process(1, "test"));
      HostLedger ledger = new HostLedger(self, journal, before.knownHeads(), CLOCK);
      for (int i = 0; i < events; i++) {
        Bdf device = i % 3 == 0 ? XHCI : NVME;
        happened.add(
            ledger
                .record(device, Source.AGENT_CALL, self.actor(), new CommandRefused("no " + i))
                .awaitDurable()
                .event()
                .id());
      }
    }
  }

  /** What is in the log, each once; the fold finds nothing wrong with it. */
  private static List<UUID> inOrder(FlakyLog log) {
    LogReader reader = new LogReader();
    List<InterruptEvent> read = log.records().stream().map(reader::read).toList();
    assertEquals(List.of(), reader.violations());
    long redelivered =
        Stream.of(NVME, XHCI)
            .mapToLong(device -> reader.state(device).tally().redeliveries())
            .sum();
    List<UUID> once =
        List.copyOf(new LinkedHashSet<>(read.stream().map(InterruptEvent::id).toList()));
    assertEquals(read.size() - once.size(), redelivered);
    return once;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

package dev.irqledger.agent.publish;

import static dev.irqledger.agent.Fixtures.CLOCK;
import static dev.irqledger.agent.Fixtures.HOST;
import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.SELF;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.KnownHeads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainerTest {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int FOR_EVER = Integer.MAX_VALUE;

  private final FlakyLog log = new FlakyLog();
  @TempDir private Path folder;
  private Journal journal;

  @BeforeEach
  void begin() {
    journal = Journal.open(folder, HOST, Sync.OFF);
    HostLedger ledger = new HostLedger(SELF, journal, KnownHeads.FIRST_EPOCH, CLOCK);
    for (int i = 0; i < 20; i++) {
      var _ =
          ledger
              .record(NVME, Source.AGENT_CALL, SELF.actor(), new CommandRefused("no"))
              .awaitDurable();
    }
  }

  @AfterEach
  void end() {
    journal.close();
  }

  @Test
  void while_no_broker_answers_everything_stays_and_the_reason_is_told() throws Exception {
    log.awayFor(FOR_EVER);
    try (Drainer drainer = new Drainer(journal, log, SOON)) {
      assertThrows(PublishException.class, drainer::awaitConnected);
      assertFalse(drainer.awaitDrained(Duration.ofMillis(50)));
      assertEquals("no broker answers", drainer.failure().getMessage());
      assertFalse(drainer.sendUnjournalled(new ProducerRecord<>("irq.agent-status", "beat", null)));
      assertEquals(20, journal.backlog());
    }
  }

  @Test
  void a_broker_that_comes_back_gets_everything() throws Exception {
    log.awayFor(5);
    try (Drainer drainer = new Drainer(journal, log, SOON)) {
      assertTrue(drainer.awaitDrained(LONG));
      assertEquals(6, log.connects());
      assertNull(drainer.failure());
      assertEquals(20, log.records().size());
    }
  }

  @Test
  void behind_a_record_that_fails_none_goes_out_before_it() throws Exception {
    log.next(
        List.of(FlakyLog.Fate.ACKNOWLEDGED, FlakyLog.Fate.REFUSED, FlakyLog.Fate.ACKNOWLEDGED));
    try (Drainer drainer = new Drainer(journal, log, SOON)) {
      assertTrue(drainer.awaitDrained(LONG));
    }
    assertEquals(21, log.records().size()); // the first one twice, the refused one in its place
    assertEquals(2, log.connects());
  }

  @Test
  void it_ends_at_once_while_a_broker_is_away() {
    log.awayFor(FOR_EVER);
    Drainer drainer = new Drainer(journal, log, Duration.ofHours(1));
    assertTimeoutPreemptively(LONG, drainer::close);
  }

  @Test
  void a_heartbeat_goes_out_beside_the_events() throws Exception {
    try (Drainer drainer = new Drainer(journal, log, SOON)) {
      drainer.awaitConnected();
      assertTrue(
          drainer.sendUnjournalled(new ProducerRecord<>("irq.agent-status", "h", new byte[] {1})));
      assertTrue(drainer.awaitDrained(LONG));
    }
    assertNotNull(log.records());
  }
}

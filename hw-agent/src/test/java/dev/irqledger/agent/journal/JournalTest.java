package dev.irqledger.agent.journal;

import static dev.irqledger.agent.Fixtures.HOST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.journal.JournalException.Kind;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.KnownHeads;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class JournalTest {
  private static final int KILLS = 20;

  @TempDir Path folder;

  @Test
  void a_second_process_is_told_who_holds_the_journal_and_a_killed_one_holds_nothing()
      throws Exception {
    Process holder = JournalProcess.of(folder, "hold").start();
    try (BufferedReader says = holder.inputReader(UTF_8)) {
      assertEquals("open", says.readLine());
      JournalException refused = assertThrows(JournalException.class, this::open);
      assertEquals(Kind.LOCKED, refused.kind());
      assertTrue(refused.getMessage().contains("process " + holder.pid()), refused.getMessage());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    open().close();
  }

  @Test
  void a_second_agent_in_the_same_process_is_refused_and_does_not_free_the_lock_for_others()
      throws Exception {
    try (Journal _ = open()) {
      assertEquals(Kind.LOCKED, assertThrows(JournalException.class, this::open).kind());
      Process other = JournalProcess.of(folder, "hold").redirectError(Redirect.DISCARD).start();
      try (BufferedReader says = other.inputReader(UTF_8)) {
        assertNull(says.readLine());
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void whatever_was_durable_survives_kill_9_in_order_once_and_chained() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<InterruptEvent> log = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      int before = log.size();
      long durable = durableUntilKilled(random.nextInt(150));
      try (Journal journal = open()) {
        drain(journal, log);
      }
      assertTrue(log.size() - before >= durable, () -> "of " + durable + ", seed " + seed);
      assertChained(log);
    }
    assertFalse(log.isEmpty());
    System.out.println(KILLS + " kills, " + log.size() + " events kept, seed " + seed);
  }

  private long durableUntilKilled(int lines) throws Exception {
    Process process = JournalProcess.of(folder, "append").start();
    long durable = 0;
    try (BufferedReader says = process.inputReader(UTF_8)) {
      for (int i = 0; i < lines; i++) {
        assertEquals("durable", says.readLine());
        durable++;
      }
      process.destroyForcibly().waitFor();
    }
    return durable;
  }

  private static void assertChained(List<InterruptEvent> events) {
    EventHash last = EventHash.NONE;
    long epoch = 0;
    long sequence = 0;
    for (InterruptEvent event : events) {
      assertEquals(last, event.previousHash());
      assertTrue(event.epoch() >= epoch);
      sequence = event.epoch() == epoch ? sequence + 1 : 1;
      assertEquals(sequence, event.sequence());
      epoch = event.epoch();
      last = event.hash();
    }
  }

  @Test
  void a_full_disk_refuses_intents_and_still_keeps_outcomes() throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c"));
    command.add("mount -t tmpfs -o size=24m tmpfs \"$0\" && exec \"$@\"");
    command.add(folder.toString());
    command.addAll(JournalProcess.command(folder, "fill"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    System.out.println(output.lines().filter(l -> !l.startsWith("\t")).toList());
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains("FULL after "), output);
    String kept = output.lines().filter(line -> line.startsWith("kept ")).findFirst().orElse("");
    assertTrue(kept.matches("kept (\\d+) of \\1"), output);
  }

  @Test
  void a_disk_that_is_full_in_the_midst_of_an_outcome_ends_nothing() {
    LimitedStore disk = new LimitedStore();
    JournalPlatform platform =
        new JournalPlatform(false, disk, _ -> disk, InstantSource.system(), System::nanoTime);
    try (Journal journal = Journal.open(folder, HOST, Sync.OFF, platform)) {
      HostLedger ledger =
          new HostLedger(Fixtures.SELF, journal, KnownHeads.FIRST_EPOCH, Fixtures.CLOCK);
      disk.fill();
      String words = "nothing to tell ".repeat(100);
      for (int i = 0; i < 100; i++) {
        var _ =
            ledger
                .record(Fixtures.NVME, Source.AGENT_CALL, Actor.UNKNOWN, new CommandRefused(words))
                .awaitDurable();
      }
      assertTrue(disk.gaveRoom);
      assertEquals(100, journal.backlog());
    }
  }

  /** A store that may have no more pages than at the moment, until room is given away. */
  private static final class LimitedStore implements JournalPlatform.Connector, Room {
    private @Nullable Connection db;
    private boolean gaveRoom;

    @Override
    public Connection connect(String url, Properties settings) throws SQLException {
      db = DriverManager.getConnection(url, settings);
      return db;
    }

    void fill() {
      limit(1); // as many as there are
    }

    @Override
    public void keep() {}

    @Override
    public void drop() {
      gaveRoom = true;
      limit(Integer.MAX_VALUE);
    }

    private void limit(int pages) {
      try (Statement statement = db.createStatement()) {
        statement.executeQuery("PRAGMA max_page_count = " + pages).close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void a_corrupted_file_is_named_and_left_alone() throws IOException {
    Path file = folder.resolve("journal.db");
    byte[] garbage = "not a database, not at all. ".repeat(300).getBytes(UTF_8);
    Files.write(file, garbage);
    JournalException refused = assertThrows(JournalException.class, this::open);
    assertEquals(Kind.UNUSABLE, refused.kind());
    assertEquals(1, refused.getMessage().lines().count());
    assertArrayEquals(garbage, Files.readAllBytes(file));
  }

  @Test
  void the_journal_of_another_host_is_refused() {
    open().close();
    assertEquals(
        Kind.FOREIGN,
        assertThrows(JournalException.class, () -> Journal.open(folder, "other", Sync.FULL))
            .kind());
  }

  @Test
  void an_append_after_the_end_fails_instead_of_waiting_for_ever() {
    Journal journal = open();
    journal.close();
    CompletableFuture<Void> late =
        journal.append(List.of(new Entry.Alive(Instant.EPOCH))).orTimeout(5, TimeUnit.SECONDS);
    CompletionException failed = assertThrows(CompletionException.class, late::join);
    assertTrue(failed.getCause() instanceof JournalException, failed.toString());
  }

  @Test
  void a_journal_opened_twice_without_an_event_still_knows_nothing_of_before() {
    open().close();
    try (Journal journal = open()) {
      assertTrue(journal.recovered().knownHeads().journalLost());
    }
  }

  @Test
  void epochs_grow() {
    try (Journal journal = open()) {
      assertEquals(5, journal.beginEpoch(5));
      assertEquals(6, journal.beginEpoch(5));
    }
    try (Journal journal = open()) {
      assertEquals(7, journal.beginEpoch(1));
      assertFalse(journal.commandTaken(new UUID(1, 1)));
    }
  }

  private Journal open() {
    return Journal.open(folder, HOST, Sync.FULL);
  }

  private static void drain(Journal journal, List<InterruptEvent> log) {
    EventCodec codec = EventCodec.releasedOnly();
    while (journal.backlog() > 0) {
      List<Undelivered> batch = journal.undelivered(50);
      for (Undelivered event : batch) {
        assertEquals(batch.getFirst().epoch(), event.epoch());
        log.add(
            switch (codec.decode(event.value())) {
              case Decoded.Value<InterruptEvent>(var read) -> read;
              case Decoded.Undecodable<InterruptEvent>(var reason) ->
                  throw new AssertionError(reason);
            });
      }
      journal.write(new Entry.Delivered(batch.getLast().row()));
    }
  }
}

package dev.irqledger.agent.command;

import static dev.irqledger.agent.Fixtures.CLOCK;
import static dev.irqledger.agent.Fixtures.NOW;
import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.SELF;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.LogReader;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLoopTest {
  private static final TopicPartition PARTITION = new TopicPartition("irq.commands", 3);
  private static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");
  private static final long FIRST = 5;

  private final WireCodec<Command> codec =
      new WireCodec<>(Command.class, SchemaCatalog.releasedOnly());
  private final Requests requests = new Requests();
  private final List<String> setAside = new ArrayList<>();
  private final ModelledHost host = Fixtures.host();
  private final Vfio vfio = host.startProcess();
  private boolean brokerAnswers = true;
  private Journal journal;
  private CommandLoop loop;
  private long next = FIRST;

  /** A topic whose group may have committed in an earlier life of the agent. */
  private static final class Requests extends MockConsumer<byte[], byte[]> {
    private OptionalLong earlier = OptionalLong.empty();
    private boolean refusesCommits;

    Requests() {
      super("none");
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
      if (refusesCommits) {
        throw new TimeoutException("the broker is away");
      }
      super.commitSync(offsets);
    }

    @Override
    public synchronized void assign(Collection<TopicPartition> partitions) {
      super.assign(partitions); // forgets what was committed
      earlier.ifPresent(offset -> commitSync(Map.of(PARTITION, new OffsetAndMetadata(offset))));
    }
  }

  @TempDir private Path folder;

  @BeforeEach
  void begin() {
    journal = Journal.open(folder, Fixtures.HOST, Sync.OFF);
    loop = loop();
    requests.updateBeginningOffsets(Map.of(PARTITION, 0L));
    requests.updateEndOffsets(Map.of(PARTITION, FIRST));
  }

  @AfterEach
  void end() {
    journal.close();
  }

  private CommandLoop loop() {
    return new CommandLoop(
        requests,
        PARTITION,
        SchemaCatalog.releasedOnly(),
        Fixtures.agent(vfio, host, journal),
        journal::commandTaken,
        (_, reason) -> brokerAnswers && setAside.add(reason),
        CLOCK);
  }

  private void request(
      UUID id, String toHost, String device, String op, Instant expiry, Long epoch) {
    request(codec.encode(new Command(id, toHost, device, op, expiry, epoch, "a test", null, null)));
  }

  private void request(UUID id, String op) {
    request(id, Fixtures.HOST, NVME.text(), op, NOW.plusSeconds(60), null);
  }

  private void request(byte[] value) {
    requests.addRecord(
        new ConsumerRecord<>(
            PARTITION.topic(), PARTITION.partition(), next++, new byte[] {'h'}, value));
  }

  private List<InterruptEvent> answers() {
    var _ = loop.poll(Duration.ZERO);
    LogReader log = new LogReader();
    journal.undelivered(1000).forEach(event -> log.read(event.value()));
    assertEquals(List.of(), log.violations());
    return log.events();
  }

  private long committed() {
    return requests.committed(Set.of(PARTITION)).get(PARTITION).offset();
  }

  @Test
  void a_request_is_carried_out_and_answered_by_its_event() {
    loop.start();
    request(ID, "open");
    InterruptEvent answer = answers().get(0);
    assertInstanceOf(DeviceOpened.class, answer.body());
    assertEquals(SELF.actor().answering(ID), answer.actor());
    assertEquals(FIRST + 1, committed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      nullValues = "any",
      textBlock =
          """
          0000:01:00.0 ! open ! 0 ! any ! expired at 2026-11-22T14:34:12.123456Z; this host's clock says 2026-11-22T14:34:12.123456Z
          0000:01:00.0 ! open ! -5 ! any ! expired at 2026-11-22T14:34:07.123456Z; this host's clock says 2026-11-22T14:34:12.123456Z
          0000:01:00.0 ! open ! 60 ! 6 ! meant for epoch 6; this agent's is 7
          0000:09:00.0 ! open ! 60 ! 7 ! no device of this agent: 0000:09:00.0; it has [0000:01:00.0, 0000:03:00.0, 0000:04:00.0]
          0000:01:00.0 ! opens ! 60 ! 7 ! not an operation: expected open, close, reset, or set INDEX START COUNT none|bool|eventfd trigger|mask|unmask DATA
          """)
  void what_is_refused_is_answered_with_the_reason_and_touches_no_device(
      String device, String op, long seconds, Long epoch, String reason) {
    loop.start();
    request(ID, Fixtures.HOST, device, op, NOW.plusSeconds(seconds), epoch);
    InterruptEvent answer = answers().get(0);
    assertEquals(new CommandRefused(reason), answer.body());
    assertEquals(ID, answer.actor().commandId());
    assertEquals(FIRST + 1, committed());
    var _ = vfio.openDevice(NVME); // so it was not open
  }

  @Test
  void a_request_is_carried_out_only_on_the_state_that_it_was_made_for() {
    loop.start();
    request(ID, "open");
    String op = "set 2 0 2 eventfd trigger e0,e1";
    request(expecting(new UUID(7, 1), op, SELF.epoch(), 1L));
    request(expecting(new UUID(7, 2), "close", SELF.epoch(), 1L));
    request(expecting(new UUID(7, 3), "close", SELF.epoch(), 3L));
    List<InterruptEvent> answers = answers();
    assertInstanceOf(InterruptsSet.class, answers.get(1).body());
    assertEquals(
        new CommandRefused("the device has changed since: its latest event is 2, not 1"),
        answers.get(2).body());
    assertInstanceOf(DeviceReleased.class, answers.get(3).body());
  }

  @Test
  void a_number_without_an_epoch_says_nothing() {
    loop.start();
    request(expecting(ID, "open", null, 1L));
    assertEquals(
        new CommandRefused("the event that it expects as the latest has a number, and no epoch"),
        answers().get(0).body());
  }

  private byte[] expecting(UUID id, String op, Long epoch, Long sequence) {
    return codec.encode(
        new Command(
            id,
            Fixtures.HOST,
            NVME.text(),
            op,
            NOW.plusSeconds(60),
            epoch,
            "a test",
            sequence,
            new UUID(8, 8)));
  }

  @Test
  void a_request_for_another_host_is_passed_over() {
    loop.start();
    request(ID, "host-b", NVME.text(), "open", NOW.plusSeconds(60), null);
    assertEquals(List.of(), answers());
    assertEquals(FIRST + 1, committed());
  }

  @Test
  void a_request_that_comes_again_is_carried_out_once() {
    loop.start();
    request(ID, "open");
    request(ID, "open");
    request(new UUID(7, 7), "close");
    request(ID, "open");
    assertEquals(2, answers().size());
    assertEquals(FIRST + 4, committed());
  }

  @Test
  void what_cannot_be_answered_is_set_aside() {
    loop.start();
    request(new byte[] {1, 2, 3});
    request(ID, Fixtures.HOST, "01:00", "open", NOW.plusSeconds(60), null);
    assertEquals(List.of(), answers());
    assertEquals(2, setAside.size());
    assertEquals(FIRST + 2, committed());
  }

  @Test
  void an_operation_that_the_kernel_refuses_is_an_event_like_any_other() {
    loop.start();
    request(new UUID(7, 1), "open");
    request(new UUID(7, 2), "set 2 0 1 eventfd trigger b");
    assertEquals(2, answers().size());
    assertEquals(FIRST + 2, committed());
  }

  @Test
  void the_first_time_it_begins_at_the_end_and_says_so_to_the_broker() {
    loop.start();
    assertEquals(FIRST, requests.position(PARTITION));
    assertEquals(FIRST, committed());
  }

  @ParameterizedTest
  @CsvSource({"3, 0, 3", "1, 2, 2", "9, 0, 5"})
  void it_goes_on_behind_the_last_commit_as_far_as_the_topic_has_it(
      long commit, long beginning, long expected) {
    requests.earlier = OptionalLong.of(commit);
    requests.updateBeginningOffsets(Map.of(PARTITION, beginning));
    loop.start();
    assertEquals(expected, requests.position(PARTITION));
  }

  @Test
  void a_commit_that_fails_loses_no_request_behind_it_and_repeats_none() {
    loop.start();
    request(new UUID(7, 1), "open");
    request(new UUID(7, 2), "reset");
    requests.refusesCommits = true;
    assertThrows(TimeoutException.class, () -> loop.poll(Duration.ZERO));
    assertEquals(1, journal.backlog());
    assertEquals(FIRST, requests.position(PARTITION));
    requests.refusesCommits = false;
  }

  @Test
  void what_cannot_be_set_aside_now_is_tried_again() {
    loop.start();
    brokerAnswers = false;
    request(new byte[] {1, 2, 3});
    request(ID, "open");
    assertEquals(List.of(), answers());
    assertEquals(FIRST, committed());
    brokerAnswers = true;
    assertEquals(FIRST, requests.position(PARTITION));
  }

  @Test
  void a_request_is_carried_out_once_also_across_a_crash_before_the_commit() {
    loop.start();
    request(ID, "open");
    assertEquals(1, answers().size());
    journal.close();
    journal = Journal.open(folder, Fixtures.HOST, Sync.OFF);
    assertTrue(journal.commandTaken(ID));
  }

  @Test
  void it_stops_after_the_request_that_it_is_dealing_with() {
    loop.start();
    request(new UUID(7, 1), "open");
    request(new UUID(7, 2), "reset");
    loop.stop();
    loop.run();
    assertEquals(0, journal.backlog());
    var _ = loop.poll(Duration.ZERO);
    assertEquals(1, journal.backlog());
    assertEquals(FIRST + 1, committed());
  }
}

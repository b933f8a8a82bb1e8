package dev.irqledger.agent.publish;

import static dev.irqledger.agent.Fixtures.CLOCK;
import static dev.irqledger.agent.Fixtures.CLUSTER;
import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.SELF;
import static dev.irqledger.agent.Fixtures.XHCI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.LogReader;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
  private final MockProducer<String, byte[]> kafka = producer(false);

  private static MockProducer<String, byte[]> producer(boolean acknowledging) {
    return new MockProducer<>(
        acknowledging, new HostPartitioner(), new StringSerializer(), new ByteArraySerializer());
  }

  private EventPublisher publisher(KnownHeads before) {
    return new EventPublisher(CLUSTER, kafka, SELF, before, CLOCK);
  }

  private static InterruptEvent publish(EventPublisher publisher, Bdf device, String reason) {
    return publisher
        .publish(device, Source.AGENT_CALL, SELF.actor(), new CommandRefused(reason))
        .event();
  }

  @Test
  void events_go_out_in_order_each_device_numbered_and_chained_by_itself() {
    EventPublisher publisher = publisher(KnownHeads.FIRST_EPOCH);
    for (String reason : List.of("one", "two", "three")) {
      InterruptEvent nvme = publish(publisher, NVME, reason);
      InterruptEvent xhci = publish(publisher, XHCI, reason);
      assertTrue(nvme.id().compareTo(xhci.id()) < 0);
      assertEquals(7, nvme.id().version());
    }
    LogReader log = new LogReader();
    kafka.history().forEach(sent -> log.read(sent.value()));
    assertEquals(
        List.of(1L, 1L, 2L, 2L, 3L, 3L),
        log.events().stream().map(InterruptEvent::sequence).toList());
    assertEquals(log.events().get(0).hash(), log.events().get(2).previousHash());
    assertEquals(List.of(), log.violations());
    assertEquals("host-a/0000:01:00.0", kafka.history().get(0).key());
    assertEquals("irq.events", kafka.history().get(0).topic());
  }

  @Test
  void a_sign_of_life_tells_what_the_host_has_to_give() {
    publisher(KnownHeads.FIRST_EPOCH).heartbeat(new HostCapacity(387, 65_536));
    var sent = kafka.history().get(0);
    assertEquals("irq.agent-status", sent.topic());
    assertEquals("host-a", sent.key());
    var codec = new WireCodec<>(AgentStatus.class, SchemaCatalog.releasedOnly());
    if (!(codec.decode(sent.value()) instanceof Decoded.Value<AgentStatus>(AgentStatus status))) {
      throw new AssertionError("undecodable");
    }
    assertEquals(387, status.getCpuVectorsTotal());
    assertEquals(65_536, status.getRemappingUnits().get(0).getEntriesTotal());
    assertEquals(SELF.epoch(), status.getEpoch());
    assertEquals(CLOCK.instant(), status.getHeartbeatAt());
  }

  @Test
  void an_event_says_whose_it_is_and_when() {
    InterruptEvent event = publish(publisher(KnownHeads.FIRST_EPOCH), NVME, "no");
    assertEquals(7, event.epoch());
    assertEquals("boot-1", event.bootId());
    assertEquals(SELF.actor(), event.actor());
    assertEquals(ChronoUnit.MICROS.between(Instant.EPOCH, Fixtures.NOW), event.hostTimeMicros());
    assertFalse(event.journalLost());
    assertEquals(EventHash.NONE, event.previousHash());
  }

  @Test
  void without_a_journal_a_devices_first_event_says_so() {
    EventPublisher publisher = publisher(new KnownHeads(Map.of(), true));
    assertTrue(publish(publisher, NVME, "one").journalLost());
    assertFalse(publish(publisher, NVME, "two").journalLost());
  }

  @Test
  void flush_waits_for_what_is_not_acknowledged_yet() {
    EventPublisher publisher = publisher(KnownHeads.FIRST_EPOCH);
    var _ = publish(publisher, NVME, "one");
    assertFalse(kafka.flushed());
    publisher.flush();
    assertTrue(kafka.flushed());
  }

  @Test
  void what_is_not_acknowledged_stops_everything_after_it() {
    EventPublisher publisher = publisher(KnownHeads.FIRST_EPOCH);
    var _ = publish(publisher, NVME, "one");
    assertTrue(kafka.errorNext(new NotEnoughReplicasException("1 of 2 replicas")));
    var e = assertThrows(PublishException.class, () -> publish(publisher, NVME, "two"));
    assertEquals(PublishException.Kind.REFUSED, e.kind());
    assertEquals(
        "the broker at broker:9092 refused (publishing events): 1 of 2 replicas", e.getMessage());
    assertThrows(PublishException.class, publisher::flush);
    assertEquals(1, kafka.history().size());
  }

  @Test
  void a_broker_that_does_not_answer_is_named_with_the_remedy() {
    EventPublisher publisher = publisher(KnownHeads.FIRST_EPOCH);
    var _ = publish(publisher, NVME, "one");
    assertTrue(kafka.errorNext(new TimeoutException("120000 ms have passed")));
    var e = assertThrows(PublishException.class, publisher::flush);
    assertEquals(PublishException.Kind.UNREACHABLE, e.kind());
    assertEquals(
        "no broker answers at broker:9092 (publishing events): start Kafka there, or correct"
            + " --bootstrap-server",
        e.getMessage());
  }

  @Test
  void a_send_that_fails_at_once_is_a_failure_too() {
    EventPublisher publisher = publisher(KnownHeads.FIRST_EPOCH);
    kafka.close();
    var e = assertThrows(PublishException.class, () -> publish(publisher, NVME, "one"));
    assertTrue(String.valueOf(e.getMessage()).contains("broker:9092"));
  }
}

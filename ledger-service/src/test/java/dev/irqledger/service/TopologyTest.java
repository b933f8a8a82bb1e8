package dev.irqledger.service;

import static dev.irqledger.service.ModelledFleet.device;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.service.topology.Backlog;
import dev.irqledger.service.topology.LedgerTopology;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TopologyTest {
  private static final DeviceKey NVME = device("hv-1", 1);

  private final LedgerDriver ledger = new LedgerDriver();
  private final ModelledFleet fleet = new ModelledFleet();

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void a_state_is_published_once_for_a_burst_of_events_with_where_in_the_log_it_is() {
    ledger.append(fleet.open(NVME, "web-3", "dmar0"));
    ledger.append(fleet.set(NVME, "web-3", SetIrqs.triggers(IrqIndex.MSIX, 0, 10, 11, 12)));

    List<FoldedState> states = ledger.states();

    assertEquals(1, states.size());
    FoldedState last = states.getLast();
    assertEquals(new VectorCounts(3, 0, 0), last.state().counts());
    assertEquals(new LogPosition(0, 1, ledger.nowMs()), last.position());
    assertEquals(last, ledger.stored().get(NVME));
    assertEquals(List.of(), ledger.states());
  }

  @Test
  void a_published_state_has_the_key_and_the_log_time_of_its_event_but_not_its_headers() {
    SealedEvent open = fleet.open(NVME, "web-3", "dmar0");
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[1 << 19]);
    ledger.append(
        new TestRecord<>(
            open.key().getBytes(UTF_8), open.bytes(), headers, Instant.ofEpochMilli(42)));

    ledger.letIntervalPass();
    TestRecord<byte[], byte[]> state = ledger.raw(Topic.DEVICE_STATE).getFirst();

    assertEquals("hv-1/0000:01:00.0", new String(state.key(), UTF_8));
    assertEquals(42, state.timestamp());
    assertEquals(0, state.headers().toArray().length);
  }

  @Test
  void a_report_that_breaks_a_rule_is_a_finding_with_the_events_place_in_the_log() {
    ledger.append(fleet.open(NVME, "web-3", "dmar0"));
    ledger.append(fleet.set(NVME, "web-3", SetIrqs.triggers(IrqIndex.MSIX, 0, 10, 11)));
    InterruptsSet cleared = fleet.done(NVME, SetIrqs.triggers(IrqIndex.MSIX, 1, Eventfd.NONE));
    SealedEvent lie = fleet.seal(NVME, "web-3", withoutVector(cleared, 1));
    ledger.append(lie);

    List<Violation> found = ledger.violations();

    assertFalse(found.isEmpty());
    assertTrue(
        found.stream().anyMatch(v -> v.getRule().equals(Rule.TEARDOWN_ALL_AT_ONCE.name())),
        found::toString);
    for (Violation violation : found) {
      assertEquals(lie.event().id(), violation.getEventId());
      assertEquals(0, violation.getPartition());
      assertEquals(2, violation.getOffset());
    }
  }

  private static InterruptsSet withoutVector(InterruptsSet set, int vector) {
    KernelView view = set.after();
    List<KernelView.Seen> others =
        view.allocated().stream().filter(seen -> seen.vector() != vector).toList();
    return new InterruptsSet(
        set.call(), set.result(), 0, KernelView.whole(InterruptMode.MSIX, others));
  }

  @Test
  void a_redelivery_is_counted_and_changes_nothing_else_and_is_no_second_finding() {
    ledger.append(fleet.open(NVME, "web-3", "dmar0"));
    InterruptsSet cleared = fleet.done(NVME, SetIrqs.triggers(IrqIndex.MSIX, 0, 10, 11));
    SealedEvent lie = fleet.seal(NVME, "web-3", withoutVector(cleared, 1));
    ledger.append(lie);
    FoldedState once = ledger.states().getLast();
    assertFalse(ledger.violations().isEmpty());
    ledger.letIntervalPass();
    assertEquals(1, ledger.pressures().size());

    ledger.append(lie);

    FoldedState twice = ledger.states().getLast();
    assertEquals(once.state().tally().redeliveries() + 1, twice.state().tally().redeliveries());
    assertEquals(once.state(), twice.state().with(once.state().tally()));
    assertTrue(ledger.violations().isEmpty());
    ledger.letIntervalPass();
    assertTrue(ledger.pressures().isEmpty(), "nothing about the host changed");
  }

  @Test
  void every_operator_store_and_topic_has_a_name_of_ours() {
    Topology topology =
        LedgerTopology.of(
            Lookups.releasedOnly(),
            () -> Policies.NONE,
            Backlog.NONE,
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            1);
    Set<String> operators = new TreeSet<>();
    Set<String> stores = new TreeSet<>();
    assertEquals(1, topology.describe().subtopologies().size());
    for (TopologyDescription.Node node :
        topology.describe().subtopologies().iterator().next().nodes()) {
      operators.add(node.name());
      if (node instanceof TopologyDescription.Processor processor) {
        stores.addAll(processor.stores());
      }
    }

    assertEquals(
        Set.of(
            "events",
            "read-events",
            "fold-devices",
            "agent-status",
            "read-agent-status",
            "sum-hosts",
            "device-state",
            "violations",
            "commands",
            "host-pressure",
            "quarantine"),
        operators);
    assertEquals(
        Set.of(
            "device-states",
            "unpublished-states",
            "write-behind",
            "host-sums",
            "device-holdings",
            "agent-statuses",
            "standing-breaches",
            "irqs-in-use"),
        stores);
  }
}

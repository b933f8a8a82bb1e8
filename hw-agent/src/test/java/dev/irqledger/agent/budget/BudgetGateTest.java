package dev.irqledger.agent.budget;

import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.XHCI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.Agent;
import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.journal.Entry;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.ledger.Recorded;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.policy.Budget;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.core.policy.Scope;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.wire.KnownHeads;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetGateTest {
  @TempDir private Path folder;
  private final ModelledHost host = Fixtures.host();
  private Journal journal;
  private HostLedger ledger;
  private Policy policy = Policy.NONE;
  private Agent agent;

  @BeforeEach
  void begin() {
    journal = Journal.open(folder, Fixtures.HOST, Sync.OFF);
    ledger = new HostLedger(Fixtures.SELF, journal, KnownHeads.FIRST_EPOCH, Fixtures.CLOCK);
    agent =
        new Agent(
            host.startProcess(),
            () -> Set.copyOf(host.devices()),
            ledger,
            Fixtures::words,
            () -> policy,
            System::nanoTime);
  }

  @AfterEach
  void end() {
    agent.close();
    journal.close();
  }

  private void limit(Scope scope, String name, Integer armed, Integer allocated) {
    policy =
        new Policy(Fixtures.HOST, "0@4", List.of(new Budget(scope, name, armed, allocated)), null);
  }

  private EventBody perform(Bdf device, String op) {
    return agent.perform(device, OpScript.parse(op)).event().body();
  }

  private static int result(EventBody body) {
    return assertInstanceOf(InterruptsSet.class, body).result().orElseThrow();
  }

  @Test
  void what_would_exceed_a_devices_budget_is_refused_and_the_device_not_touched() {
    limit(Scope.DEVICE, NVME.text(), 2, null);
    var _ = perform(NVME, "open");
    assertEquals(0, result(perform(NVME, "set 2 0 2 eventfd trigger e0,e1")));
    assertEquals(
        new CommandRefused(
            "over budget: the policy of host-a, 0@4, sets at most 2 armed for device 0000:01:00.0,"
                + " which has 2, and 1 more are asked for: take triggers away (an eventfd of -1),"
                + " disable MSI-X or MSI, or close"),
        perform(NVME, "set 2 2 1 eventfd trigger e2"));
    assertEquals(2, ledger.state(NVME).counts().allocated());
    assertEquals(0, result(perform(NVME, "set 2 1 1 eventfd trigger -1")));
    assertEquals(0, result(perform(NVME, "set 2 2 1 eventfd trigger e2")));
  }

  @Test
  void a_device_that_has_nothing_is_refused_as_a_whole_what_it_may_have_in_parts() {
    limit(Scope.DEVICE, "*", null, 2);
    var _ = perform(NVME, "open");
    // enabling vector 2 allocates 0 and 1 too
    assertInstanceOf(CommandRefused.class, perform(NVME, "set 2 2 1 eventfd trigger e0"));
    assertEquals(0, result(perform(NVME, "set 2 0 2 eventfd trigger e0,e1")));
  }

  @Test
  void devices_of_a_host_have_one_budget_together() {
    limit(Scope.HOST, "*", 3, null);
    var _ = perform(NVME, "open");
    var _ = perform(XHCI, "open");
    assertEquals(0, result(perform(NVME, "set 2 0 2 eventfd trigger e0,e1")));
    assertInstanceOf(CommandRefused.class, perform(XHCI, "set 2 0 2 eventfd trigger e0,e1"));
    assertEquals(0, result(perform(XHCI, "set 2 0 1 eventfd trigger e0")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set 2 0 0 none trigger",
        "set 2 0 1 eventfd trigger -1",
        "set 2 0 1 none trigger",
        "reset",
        "close"
      })
  void what_takes_nothing_is_never_refused(String op) {
    var _ = perform(NVME, "open");
    var _ = perform(NVME, "set 2 0 2 eventfd trigger e0,e1");
    limit(Scope.DEVICE, "*", 0, 0);
    EventBody body = perform(NVME, op);
    assertTrue(!(body instanceof CommandRefused), body::toString);
  }

  @Test
  void a_device_that_is_not_open_is_answered_by_the_kernel() {
    limit(Scope.DEVICE, "*", 0, 0);
    assertTrue(result(perform(NVME, "set 2 0 1 eventfd trigger e0")) < 0);
  }

  @Test
  void a_request_that_is_refused_is_answered_once_and_never_made() {
    limit(Scope.DEVICE, "*", 0, 0);
    UUID id = new UUID(7, 7);
    var _ = perform(NVME, "open");
    Recorded refused =
        agent.answer(
            id,
            Fixtures.NOW,
            OptionalLong.empty(),
            NVME,
            OpScript.parse("set 2 0 1 eventfd trigger e0"));
    assertInstanceOf(CommandRefused.class, refused.event().body());
    assertEquals(id, refused.event().actor().commandId());
    assertTrue(journal.commandTaken(id));
    assertEquals(List.of(), journal.recovered().intents());
    assertInstanceOf(DeviceReleased.class, perform(NVME, "close"));
  }

  @Test
  void what_two_devices_ask_for_at_once_is_counted_together() {
    limit(Scope.HOST, "*", 3, null);
    var _ = perform(NVME, "open");
    var _ = perform(XHCI, "open");
    BudgetGate gate = new BudgetGate(() -> policy, ledger);
    assertNull(gate.enter(NVME, OpScript.parse("set 2 0 2 eventfd trigger e0,e1")));
    var two = OpScript.parse("set 2 0 2 eventfd trigger e0,e1");
    assertTrue(gate.enter(XHCI, two) != null);
    gate.leave(NVME); // it came to nothing
    assertNull(gate.enter(XHCI, two));
  }

  @Test
  void the_last_known_policy_holds_for_an_agent_that_reaches_no_broker() {
    assertEquals(Policy.NONE, new HostPolicy(Fixtures.HOST, journal).now());
    journal.write(new Entry.PolicyRead("*", Policies64.limitingEachDeviceTo(3)));
    assertEquals(
        3,
        new HostPolicy(Fixtures.HOST, journal)
            .now()
            .limit(
                dev.irqledger.core.policy.BudgetHolder.device(NVME),
                dev.irqledger.core.policy.Measure.ARMED));
    journal.write(new Entry.PolicyRead("*", null));
    assertEquals(Policy.NONE, new HostPolicy(Fixtures.HOST, journal).now());
  }
}

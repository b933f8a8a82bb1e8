package dev.irqledger.service;

import static dev.irqledger.service.ModelledFleet.device;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.policy.Budget;
import dev.irqledger.core.policy.EnforcedAction;
import dev.irqledger.core.policy.Enforcement;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.core.policy.Scope;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.Command;
import dev.irqledger.wire.avro.IdleVector;
import dev.irqledger.wire.avro.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the service asks agents for. A device's opening is event 1, and each call one more. */
final class EnforcementTest {
  private static final DeviceKey DEVICE = device("hv-1", 1);
  private static final Budget TWO_ARMED = new Budget(Scope.DEVICE, "*", 2, null);
  private static final Enforcement CLEAR =
      new Enforcement(EnforcedAction.CLEAR, EnforcedAction.NONE, 60);
  private static final Enforcement DISABLE =
      new Enforcement(EnforcedAction.NONE, EnforcedAction.DISABLE, 60);

  private final ModelledFleet fleet = new ModelledFleet();
  private CompletableFuture<Boolean> folded = CompletableFuture.completedFuture(true);
  private final LedgerDriver ledger = new LedgerDriver(this::folded);

  private CompletionStage<Boolean> folded(int partition) {
    assertEquals(0, partition);
    return folded;
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void policy(Long idleLimit, Enforcement enforcement, Budget... budgets) {
    Policy policy = new Policy("hv-1", "0@1", List.of(budgets), idleLimit, enforcement);
    ledger.policies(Policies.NONE.with("hv-1", policy));
  }

  private void open() {
    ledger.append(fleet.open(DEVICE, null, "dmar0"));
  }

  private void set(int start, int... fds) {
    ledger.append(fleet.set(DEVICE, null, SetIrqs.triggers(IrqIndex.MSIX, start, fds)));
  }

  private Violation found() {
    List<Violation> found = ledger.violations();
    assertEquals(1, found.size(), found::toString);
    return found.getFirst();
  }

  private String evidence() {
    return found().getEvidence().get("enforcement");
  }

  private void assertNotAskedFor(String why) {
    assertEquals("nothing is asked for: " + why, evidence());
    assertEquals(List.of(), ledger.commands());
  }

  @Test
  void what_is_over_a_budget_is_taken_from_the_triggers_that_are_armed_for_longest() {
    policy(null, CLEAR, TWO_ARMED);
    open();
    set(0, 10);
    set(2, 12);
    set(1, 11);
    Violation found = found();
    Command asked = ledger.commands().getFirst();
    assertEquals("set 2 0 1 eventfd trigger -1", asked.getOp());
    assertEquals("hv-1", asked.getHost());
    assertEquals(DEVICE.bdf().text(), asked.getDevice());
    assertEquals(found.getId(), asked.getFindingId());
    assertEquals(1, asked.getExpectedEpoch());
    assertEquals(4, asked.getExpectedSequence());
    assertEquals("OVER_BUDGET by the policy of hv-1, 0@1", asked.getRequestedBy());
    Instant foundAt = Instant.ofEpochMilli(found.getHostTimeMicros() / 1000);
    assertEquals(foundAt.plusSeconds(60), asked.getExpiresAt());
    assertEquals(
        "asked for, until " + asked.getExpiresAt() + ": set 2 0 1 eventfd trigger -1",
        found.getEvidence().get("enforcement"));
  }

  @Test
  void it_is_asked_for_once_while_the_breach_lasts() {
    policy(null, CLEAR, TWO_ARMED);
    open();
    set(0, 10, 11, 12);
    assertEquals(1, ledger.commands().size());
    set(3, 13);
    ledger.letPass(Duration.ofHours(1));
    assertEquals(List.of(), ledger.commands());
  }

  @Test
  void each_of_several_commands_expects_the_event_by_which_the_one_before_is_answered() {
    policy(null, CLEAR, TWO_ARMED);
    open();
    set(0, 10);
    set(2, 12);
    ledger.append(
        fleet.set(DEVICE, null, SetIrqs.triggers(IrqIndex.MSIX, 1, Eventfd.NONE, 12, 13, 14)));
    List<Command> asked = ledger.commands();
    assertEquals(
        List.of("set 2 0 1 eventfd trigger -1", "set 2 2 1 eventfd trigger -1"),
        asked.stream().map(Command::getOp).toList());
    assertEquals(List.of(4L, 5L), asked.stream().map(Command::getExpectedSequence).toList());
    assertFalse(asked.get(0).getId().equals(asked.get(1).getId()));
  }

  @Test
  void where_interrupts_are_counted_only_triggers_that_do_not_fire_are_taken() {
    policy(null, CLEAR, TWO_ARMED);
    ledger.status(status(new IdleVector(DEVICE.bdf().text(), 2, 33, 0L, Instant.EPOCH)));
    open();
    set(0, 10, 11, 12, 13);
    assertEquals(
        List.of("set 2 2 1 eventfd trigger -1"),
        ledger.commands().stream().map(Command::getOp).toList());
    set(0, Eventfd.NONE, Eventfd.NONE);
    assertEquals(1, ledger.violations().size());
    ledger.status(status());
    set(0, 10, 11);
    assertNotAskedFor("every trigger fired while it was watched");
  }

  @Test
  void vectors_that_are_idle_for_too_long_are_freed_by_disabling_their_mode() {
    policy(60L, DISABLE);
    open();
    set(0, 10, 11);
    set(1, Eventfd.NONE);
    ledger.letPass(Duration.ofSeconds(70));
    Violation found = found();
    Command asked = ledger.commands().getFirst();
    assertEquals("set 2 0 0 none trigger", asked.getOp());
    assertEquals(found.getId(), asked.getFindingId());
    Instant since = Instant.parse(found.getEvidence().get("oldestSince"));
    assertTrue(asked.getExpiresAt().isAfter(since.plusSeconds(119)));
  }

  @Test
  void nothing_is_asked_for_where_the_policy_only_tells() {
    policy(60L, Enforcement.NONE, TWO_ARMED);
    open();
    set(0, 10, 11, 12);
    assertNull(evidence());
    assertEquals(List.of(), ledger.commands());
  }

  @Test
  void a_device_that_another_program_opened_is_left_to_its_owner() {
    policy(null, CLEAR, TWO_ARMED);
    open();
    SetIrqs call = SetIrqs.triggers(IrqIndex.MSIX, 0, 10, 11, 12);
    ledger.append(fleet.seal(DEVICE, "web-1", Source.OBSERVED_CALL, fleet.done(DEVICE, call)));
    assertNotAskedFor("the agent did not open the device itself");
  }

  @Test
  void a_budget_of_the_whole_host_is_left_to_people() {
    policy(null, CLEAR, new Budget(Scope.HOST, "*", 2, null));
    open();
    set(0, 10, 11, 12);
    assertNull(evidence());
    assertEquals(List.of(), ledger.commands());
  }

  @Test
  void nothing_is_asked_for_while_the_state_is_not_certain() {
    policy(null, CLEAR, TWO_ARMED);
    open();
    var _ = fleet.set(DEVICE, null, SetIrqs.triggers(IrqIndex.MSIX, 0, 10)); // and it is lost
    set(1, 11, 12, 13);
    List<Violation> found = ledger.violations();
    assertEquals(
        "nothing is asked for: the device's state is not certain",
        found.getLast().getEvidence().get("enforcement"));
    assertEquals(List.of(), ledger.commands());
  }

  @Test
  void what_is_found_late_is_told_and_nothing_is_asked_for() {
    policy(null, CLEAR, TWO_ARMED);
    open();
    ledger.letFallBehind(Duration.ofSeconds(70));
    set(0, 10, 11, 12);
    assertNotAskedFor("it was found 70 s late");
  }

  @Test
  void while_events_wait_to_be_folded_nothing_is_taken_for_idle() {
    policy(60L, DISABLE);
    open();
    set(0, 10, 11);
    set(1, Eventfd.NONE);
    folded = CompletableFuture.completedFuture(false);
    ledger.letPass(Duration.ofMinutes(5));
    assertEquals(List.of(), ledger.violations());
    folded = CompletableFuture.failedFuture(new IllegalStateException("no broker answers"));
    ledger.letPass(Duration.ofMinutes(5));
    assertEquals(List.of(), ledger.violations());
    folded = CompletableFuture.completedFuture(true);
    ledger.letPass(Duration.ofSeconds(10));
    assertEquals("IDLE_RESERVATION", found().getRule());
  }

  @Test
  void an_answer_that_comes_later_tells_of_the_time_when_it_was_asked_for() {
    policy(60L, DISABLE);
    open();
    set(0, 10, 11);
    set(1, Eventfd.NONE);
    ledger.letPass(Duration.ofSeconds(59));
    folded = new CompletableFuture<>();
    ledger.letPass(Duration.ofSeconds(2)); // from here on it is due, and asked for
    ledger.letPass(Duration.ofMinutes(10));
    assertEquals(List.of(), ledger.violations());
    assertTrue(folded.complete(true));
    ledger.letPass(Duration.ofSeconds(1));
    assertEquals("61", found().getEvidence().get("ageSeconds"));
  }

  private static AgentStatus status(IdleVector... idle) {
    return AgentStatuses.of("hv-1")
        .setArmedIdleTotal(idle.length)
        .setArmedIdle(List.of(idle))
        .build();
  }
}

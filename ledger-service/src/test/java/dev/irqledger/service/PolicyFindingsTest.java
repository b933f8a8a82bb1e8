package dev.irqledger.service;

import static dev.irqledger.service.ModelledFleet.device;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.policy.Budget;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.core.policy.Scope;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.DriverUse;
import dev.irqledger.wire.avro.RemappingUnit;
import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.avro.ViolationKind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyFindingsTest {
  private static final DeviceKey FIRST = device("hv-1", 1);
  private static final DeviceKey SECOND = device("hv-1", 2);
  private static final String VM = "web-1";

  private final LedgerDriver ledger = new LedgerDriver();
  private final ModelledFleet fleet = new ModelledFleet();

  @AfterEach
  void close() {
    ledger.close();
  }

  private static Policies policies(String revision, Long idleLimit, Budget... budgets) {
    return Policies.NONE.with("hv-1", new Policy("hv-1", revision, List.of(budgets), idleLimit));
  }

  private void open(DeviceKey device, String vm) {
    ledger.append(fleet.open(device, vm, "dmar0"));
  }

  private void set(DeviceKey device, String vm, int start, int... fds) {
    ledger.append(fleet.set(device, vm, SetIrqs.triggers(IrqIndex.MSIX, start, fds)));
  }

  private Violation only() {
    List<Violation> found = ledger.violations();
    assertEquals(1, found.size(), found::toString);
    assertEquals(ViolationKind.POLICY, found.getFirst().getKind());
    return found.getFirst();
  }

  private void assertNone() {
    assertEquals(List.of(), ledger.violations());
  }

  @Test
  void a_budget_that_is_overrun_is_found_at_the_event_and_once_while_it_lasts() {
    ledger.policies(policies("0@1", null, new Budget(Scope.DEVICE, "*", 2, null)));
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11);
    assertNone();
    set(FIRST, VM, 2, 12);
    Violation found = only();
    assertEquals("OVER_BUDGET", found.getRule());
    assertEquals("0000:01:00.0", found.getDevice());
    assertEquals(2, found.getOffset());
    assertEquals(3, found.getSequence());
    assertEquals("3 armed", found.getReported());
    assertEquals("2", found.getEvidence().get("limit"));
    assertEquals("of hv-1, 0@1", found.getEvidence().get("policy"));
    set(FIRST, VM, 3, 13);
    ledger.letIntervalPass();
    assertNone();
  }

  @Test
  void it_is_found_again_after_it_ended_and_began_anew() {
    ledger.policies(policies("0@1", null, new Budget(Scope.DEVICE, "*", 1, null)));
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11);
    Violation first = only();
    set(FIRST, VM, 1, Eventfd.NONE);
    assertNone();
    set(FIRST, VM, 1, 11);
    assertNotEquals(first.getId(), only().getId());
  }

  @ParameterizedTest
  @CsvSource({"VM, web-1", "VM, *", "HOST, hv-1", "HOST, *"})
  void devices_of_a_virtual_machine_and_of_a_host_are_held_to_one_budget(Scope scope, String name) {
    ledger.policies(policies("0@1", null, new Budget(scope, name, null, 3)));
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11);
    open(SECOND, VM);
    assertNone();
    set(SECOND, VM, 0, 10, 11);
    Violation found = only();
    assertNull(found.getDevice());
    assertEquals(SECOND.bdf().text(), found.getEvidence().get("holder.2").substring(0, 12));
    assertEquals("4 allocated", found.getReported());
    ledger.append(fleet.close(FIRST, VM));
    set(SECOND, VM, 2, 12, 13);
    assertEquals("4 allocated", only().getReported());
  }

  @Test
  void a_device_that_another_machine_takes_over_is_counted_there() {
    ledger.policies(policies("0@1", null, new Budget(Scope.VM, "db-1", 1, null)));
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11);
    assertNone();
    set(FIRST, "db-1", 2, Eventfd.NONE);
    assertEquals("2 armed", only().getReported());
    set(FIRST, VM, 2, Eventfd.NONE);
    set(FIRST, "db-1", 2, Eventfd.NONE);
    assertEquals("2 armed", only().getReported());
  }

  @Test
  void a_policy_that_is_set_later_finds_what_is_held_by_then() {
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11, 12);
    Budget budget = new Budget(Scope.DEVICE, FIRST.bdf().text(), 2, null);
    ledger.policies(policies("0@1", null, budget));
    Violation found = only();
    assertNull(found.getEventId());
    assertEquals(1, found.getOffset());
    ledger.policies(policies("0@2", null, budget)); // the same limit
    assertNone();
    ledger.policies(policies("0@3", null, new Budget(Scope.DEVICE, "*", 1, null)));
    assertNotEquals(found.getId(), only().getId());
    ledger.policies(Policies.NONE);
    assertNone();
  }

  @Test
  void a_vector_without_a_trigger_is_found_when_its_time_is_up_and_not_before() {
    ledger.policies(policies("0@1", 60L));
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11, 12);
    set(FIRST, VM, 1, Eventfd.NONE);
    ledger.letPass(Duration.ofSeconds(59));
    assertNone();
    ledger.letPass(Duration.ofSeconds(2));
    Violation found = only();
    assertEquals("IDLE_RESERVATION", found.getRule());
    assertEquals(List.of(1), found.getVectors());
    assertEquals("60", found.getEvidence().get("limitSeconds"));
    ledger.letPass(Duration.ofMinutes(10));
    assertNone();
  }

  @Test
  void a_vector_that_gets_a_trigger_in_time_is_not_found_and_one_that_loses_it_again_is() {
    ledger.policies(policies("0@1", 60L));
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11);
    set(FIRST, VM, 0, Eventfd.NONE);
    set(FIRST, VM, 0, 10);
    ledger.letPass(Duration.ofMinutes(10));
    assertNone();
    set(FIRST, VM, 0, Eventfd.NONE);
    ledger.letPass(Duration.ofMinutes(2));
    assertEquals(List.of(0), only().getVectors());
  }

  @Test
  void an_idle_limit_that_is_set_later_finds_what_is_idle_by_then() {
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11);
    set(FIRST, VM, 1, Eventfd.NONE);
    ledger.letPass(Duration.ofHours(1));
    ledger.policies(policies("0@1", 60L));
    assertEquals(List.of(1), only().getVectors());
  }

  @Test
  void by_another_idle_limit_what_is_idle_is_found_anew() {
    ledger.policies(policies("0@1", 60L));
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11);
    set(FIRST, VM, 1, Eventfd.NONE);
    ledger.letPass(Duration.ofHours(1));
    Violation first = only();
    ledger.policies(policies("0@2", 60L));
    assertNone();
    ledger.policies(policies("0@3", 90L));
    Violation second = only();
    assertNotEquals(first.getId(), second.getId());
    assertEquals("90", second.getEvidence().get("limitSeconds"));
  }

  @Test
  void a_pool_that_is_nearly_exhausted_is_found_once_with_its_holders() {
    ledger.status(status(20, 1000));
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11, 12, 13, 14);
    assertNone(); // 17 of 20
    set(FIRST, VM, 5, 15);
    Violation found = only();
    assertEquals("NEAR_EXHAUSTION", found.getRule());
    assertNull(found.getDevice());
    assertEquals("18 of 20 in use", found.getReported());
    assertEquals(
        "0000:01:00.0 of VM web-1: 6 armed, 0 cached, 0 reserved",
        found.getEvidence().get("holder.1"));
    set(FIRST, VM, 5, Eventfd.NONE);
    set(FIRST, VM, 5, 15);
    assertNone();
  }

  @Test
  void a_pool_that_becomes_smaller_may_be_nearly_exhausted_by_that() {
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11, 12, 13);
    ledger.status(status(1000, 4));
    Violation found = only();
    assertEquals("REMAPPING_ENTRIES", found.getEvidence().get("pool"));
    assertEquals("dmar0", found.getEvidence().get("unit"));
    assertNull(found.getEventId());
  }

  @Test
  void who_held_everything_is_kept_with_each_call_that_found_too_little() {
    ledger.status(status(30, 1000));
    open(FIRST, VM);
    set(FIRST, VM, 0, 10, 11);
    open(SECOND, "db-1");
    set(SECOND, "db-1", 0, 10, 11, 12);
    InterruptsSet refused =
        new InterruptsSet(
            SetIrqs.triggers(IrqIndex.MSIX, 0, 13),
            OptionalInt.of(Errno.ENOSPC.result()),
            900,
            null);
    ledger.append(fleet.seal(FIRST, VM, refused));
    Violation found =
        ledger.violations().stream()
            .filter(finding -> finding.getKind() == ViolationKind.POLICY)
            .findFirst()
            .orElseThrow();
    assertEquals("POOL_EXHAUSTED", found.getRule());
    assertEquals(FIRST.bdf().text(), found.getDevice());
    assertEquals("-28", found.getEvidence().get("result"));
    assertEquals("12", found.getEvidence().get("usedByHost"));
    assertEquals(
        "0000:02:00.0 of VM db-1: 3 armed, 0 cached, 0 reserved",
        found.getEvidence().get("holder.1"));
    assertTrue(found.getEvidence().get("holder.2").startsWith("0000:01:00.0"));
  }

  private static AgentStatus status(int cpuVectors, int irtes) {
    return AgentStatuses.of("hv-1")
        .setCpuVectorsTotal(cpuVectors)
        .setRemappingUnits(List.of(new RemappingUnit("dmar0", irtes, null)))
        .setHostDrivers(List.of(new DriverUse("nvme", 12)))
        .build();
  }
}

package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.rule.TestDevice;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The calls of a correction, made as the kernel would make them. */
class CorrectionProperties {
  private static final BudgetHolder HOLDER = BudgetHolder.device(TestDevice.KEY.bdf());

  @Property(tries = 1000)
  void clearing_brings_a_device_within_its_budget_and_takes_the_oldest_triggers(
      @ForAll("calls") String calls, @ForAll @IntRange(min = 0, max = 7) int limit) {
    TestDevice device = TestDevice.opened(KernelGeneration.DYNAMIC).given(calls);
    DeviceState before = device.state();
    Excess excess = excess(before, Measure.ARMED, limit);
    if (excess.held() <= limit) {
      return;
    }
    Correction correction =
        Correction.of(EnforcedAction.CLEAR, before, excess, IdleTriggers.UNCOUNTED);
    correction.calls().forEach(device::make);
    assertEquals(limit, device.state().counts().armed());
    assertEquals(before.counts().allocated(), device.state().counts().allocated());
    long youngestTaken =
        taken(before, device.state()).stream().mapToLong(v -> since(before, v)).max().orElseThrow();
    armed(device.state().interrupts().vectors())
        .forEach(kept -> assertTrue(since(before, kept) >= youngestTaken));
  }

  @Property(tries = 1000)
  void where_interrupts_are_counted_no_trigger_is_taken_that_fired(
      @ForAll("calls") String calls, @ForAll("idle") Map<Integer, Long> idle) {
    TestDevice device = TestDevice.opened(KernelGeneration.DYNAMIC).given(calls);
    DeviceState before = device.state();
    IdleTriggers counted = new IdleTriggers(true, idle);
    Correction correction =
        Correction.of(EnforcedAction.CLEAR, before, excess(before, Measure.ARMED, 0), counted);
    correction.calls().forEach(device::make);
    List<Integer> spared = armed(before.interrupts().vectors());
    spared.removeAll(idle.keySet());
    assertEquals(spared, armed(device.state().interrupts().vectors()));
  }

  @Property(tries = 1000)
  void disabling_and_closing_leave_nothing(@ForAll("calls") String calls) {
    for (EnforcedAction action : List.of(EnforcedAction.DISABLE, EnforcedAction.CLOSE)) {
      TestDevice device = TestDevice.opened(KernelGeneration.DYNAMIC).given(calls);
      boolean enabled = device.state().interrupts().mode().hasVectors();
      Correction correction = Correction.ofIdle(action, device.state());
      assertEquals(enabled || action == EnforcedAction.CLOSE ? 1 : 0, correction.calls().size());
      correction.calls().forEach(device::make);
      assertEquals(0, device.state().counts().allocated());
    }
  }

  @Test
  void neighbours_are_cleared_by_one_call() {
    DeviceState device =
        TestDevice.opened(KernelGeneration.DYNAMIC).given("msix 0 5 6 7 8 9; msix 2 10").state();
    assertEquals(
        List.of("0+2", "3+2"),
        Correction.of(
                EnforcedAction.CLEAR,
                device,
                excess(device, Measure.ARMED, 1),
                new IdleTriggers(true, Map.of(0, 1L, 1, 1L, 3, 1L, 4, 1L)))
            .calls()
            .stream()
            .map(CorrectionProperties::range)
            .toList());
  }

  @Test
  void what_does_not_help_is_not_done() {
    DeviceState cached =
        TestDevice.opened(KernelGeneration.DYNAMIC).given("msix 0 5 6; msix 0 -").state();
    Excess allocated = excess(cached, Measure.ALLOCATED, 1);
    assertEquals(
        new Correction(List.of(), "a vector that only lost its trigger keeps its irq"),
        Correction.of(EnforcedAction.CLEAR, cached, allocated, IdleTriggers.UNCOUNTED));
    assertEquals(
        new Correction(List.of(), "the vectors have no trigger that could be taken away"),
        Correction.ofIdle(EnforcedAction.CLEAR, cached));
    assertEquals(
        new Correction(List.of(), "every trigger fired while it was watched"),
        Correction.of(
            EnforcedAction.CLEAR,
            cached,
            excess(cached, Measure.ARMED, 0),
            new IdleTriggers(true, Map.of())));
    for (EnforcedAction action : EnforcedAction.values()) {
      DeviceState unseen = DeviceState.unseen(TestDevice.KEY);
      assertEquals(List.of(), Correction.ofIdle(action, unseen).calls());
    }
  }

  @Provide
  Arbitrary<String> calls() {
    Arbitrary<String> call =
        Arbitraries.integers()
            .between(0, 7)
            .flatMap(vector -> Arbitraries.of("msix " + vector + " 5", "msix " + vector + " -"));
    return call.list().ofMaxSize(20).map(calls -> "msix 0 5 6; " + String.join("; ", calls));
  }

  @Provide
  Arbitrary<Map<Integer, Long>> idle() {
    return Arbitraries.maps(
        Arbitraries.integers().between(0, 7), Arbitraries.longs().between(1, 1000));
  }

  private static Excess excess(DeviceState device, Measure measure, int limit) {
    return new Excess(HOLDER, measure, limit, measure.of(device.counts()), 0);
  }

  private static List<Integer> taken(DeviceState before, DeviceState after) {
    List<Integer> taken = armed(before.interrupts().vectors());
    taken.removeAll(armed(after.interrupts().vectors()));
    return taken;
  }

  private static List<Integer> armed(VectorMap vectors) {
    List<Integer> armed = new ArrayList<>();
    vectors.forEach((vector, state) -> {
      if (state.armed()) {
        armed.add(vector);
      }
    });
    return armed;
  }

  private static long since(DeviceState device, int vector) {
    long[] since = {0};
    device
        .interrupts()
        .vectors()
        .forEach((at, state) -> {
          if (at == vector) {
            since[0] = state.sinceMicros();
          }
        });
    return since[0];
  }

  private static String range(VfioCall call) {
    return call instanceof SetIrqs set ? set.start() + "+" + set.count() : call.toString();
  }
}

package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.CloseDevice;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.rule.CallText;
import dev.irqledger.core.rule.TestDevice;
import dev.irqledger.core.state.VectorCounts;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whoever asks before each call stays within the budget, and can always give back. */
class BudgetProperties {
  private static final BudgetHolder DEVICE = BudgetHolder.device(TestDevice.KEY.bdf());

  @Provide
  Arbitrary<List<String>> calls() {
    return Arbitraries.of(
            "msix 0 5 6 7",
            "msix 3 5",
            "msix 1 - 6 -",
            "msix 0 -",
            "msix 0 5 closed",
            "msix off",
            "msi 0 5 6",
            "msi off",
            "intx 5",
            "intx off",
            "msix signal 0 2",
            "close")
        .list()
        .ofMaxSize(30);
  }

  @Property
  void who_asks_before_each_call_never_exceeds_its_budget(
      @ForAll("calls") List<String> calls,
      @ForAll @IntRange(max = 5) int maxArmed,
      @ForAll @IntRange(max = 6) int maxAllocated) {
    Policy policy =
        new Policy("*", "", List.of(new Budget(Scope.DEVICE, "*", maxArmed, maxAllocated)), null);
    TestDevice device = TestDevice.opened(KernelGeneration.DYNAMIC);
    for (String text : calls) {
      VfioCall call = CallText.parse(text);
      List<Excess> forbidding = forbidding(policy, device, call);
      if (forbidding.isEmpty()) {
        var _ = device.make(call);
      }
      if (call instanceof CloseDevice || text.endsWith("off")) {
        assertEquals(List.of(), forbidding, text);
      }
      assertEquals(List.of(), Budgets.excesses(policy, DEVICE, device.state().counts()));
    }
  }

  private static List<Excess> forbidding(Policy policy, TestDevice device, VfioCall call) {
    if (!(call instanceof SetIrqs set)) {
      return List.of();
    }
    VectorCounts more = Foresight.growth(device.state(), set);
    return Budgets.forbidding(policy, Map.of(DEVICE, device.state().counts()), more);
  }

  @Property
  void a_breach_begins_once_while_it_lasts_and_again_after_it_ended(
      @ForAll List<@IntRange(min = 0, max = 2) Integer> limits) {
    Standing standing = Standing.CLEAN;
    int before = 0;
    for (int limit : limits) { // 0 stands for no breach
      SortedMap<String, Long> now = new TreeMap<>();
      if (limit > 0) {
        now.put("ARMED", (long) limit);
      }
      assertEquals(limit > 0 && limit != before, !standing.begun(now).isEmpty());
      standing = new Standing(now);
      before = limit;
    }
    assertTrue(standing.with("ARMED", null).clean());
  }
}

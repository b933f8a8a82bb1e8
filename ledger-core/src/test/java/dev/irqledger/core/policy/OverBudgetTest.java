package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.state.VectorCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OverBudgetTest {
  private static final Bdf DEVICE = new Bdf("0000:01:00.0");
  private static final Policy POLICY = new Policy("hv-1", "7", List.of(), null);
  private static final List<Share> HOLDERS =
      List.of(new Share("0000:01:00.0", "web", new VectorCounts(5, 2, 0)));

  private static PolicyFinding found(BudgetHolder holder) {
    Excess excess = new Excess(holder, Measure.ARMED, 4, 5, 0);
    return OverBudget.found("hv-1", POLICY, excess, HOLDERS, FoundAt.noEvent("a test"));
  }

  @Test
  void a_finding_names_the_budget_the_holder_and_what_brings_it_down() {
    PolicyFinding found = found(BudgetHolder.vm("web"));
    assertEquals(PolicyRule.OVER_BUDGET, found.rule());
    assertEquals("at most 4 armed for " + BudgetHolder.vm("web"), found.expected());
    assertEquals("5 armed", found.reported());
    assertEquals(null, found.device());
    Map<String, String> evidence = new TreeMap<>(found.evidence());
    assertEquals(Measure.ARMED.remedy(), evidence.remove("remedy"));
    assertEquals(
        Map.of(
            "policy", "of hv-1, 7",
            "scope", "vm",
            "name", "web",
            "measure", "armed",
            "limit", "4",
            "held", "5",
            "holder.1", "0000:01:00.0 of VM web: 5 armed, 2 cached, 0 reserved"),
        evidence);
  }

  @Test
  void a_device_that_has_too_much_is_the_findings_device() {
    assertEquals(DEVICE, found(BudgetHolder.device(DEVICE)).device());
  }
}

package dev.irqledger.core.policy;

import dev.irqledger.core.device.Bdf;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Findings of overrun budgets. */
public final class OverBudget {
  private OverBudget() {}

  /**
   * A budget that has just been overrun.
   *
   * @param devices the biggest holders among the devices concerned, the biggest first
   */
  public static PolicyFinding found(
      String host, Policy policy, Excess excess, List<Share> devices, FoundAt at) {
    BudgetHolder holder = excess.holder();
    SortedMap<String, String> evidence = new TreeMap<>();
    evidence.put("policy", policy.words());
    evidence.put("scope", holder.scope().word());
    evidence.put("name", holder.name());
    evidence.put("measure", excess.measure().word());
    evidence.put("limit", Integer.toString(excess.limit()));
    evidence.put("held", Integer.toString(excess.held()));
    evidence.put("remedy", excess.measure().remedy());
    Share.note(devices, evidence);
    return new PolicyFinding(
        PolicyFinding.id(
            PolicyRule.OVER_BUDGET,
            host,
            holder.scope(),
            holder.name(),
            excess.measure(),
            excess.limit(),
            at.cause()),
        PolicyRule.OVER_BUDGET,
        host,
        holder.scope() == Scope.DEVICE ? new Bdf(holder.name()) : null,
        at,
        List.of(),
        excess.expected(),
        excess.held() + " " + excess.measure().word(),
        evidence);
  }
}

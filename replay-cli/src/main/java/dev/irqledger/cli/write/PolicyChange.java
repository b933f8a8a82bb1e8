package dev.irqledger.cli.write;

import dev.irqledger.wire.avro.Budget;
import dev.irqledger.wire.avro.BudgetScope;
import dev.irqledger.wire.avro.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a policy: the budgets named are replaced, or taken away where they limit
 * nothing; the rest stays.
 *
 * @param idleLimit null where it stays
 * @param enforcement what is to be done about findings
 */
record PolicyChange(
    List<BudgetText> budgets, @Nullable IdleLimit idleLimit, EnforcementChange enforcement) {
  PolicyChange {
    budgets = List.copyOf(budgets);
  }

  boolean nothing() {
    return budgets.isEmpty() && idleLimit == null && enforcement.nothing();
  }

  /**
   * What is wrong with it for that host; null where nothing is.
   *
   * @param host a host's name, or {@code *}
   */
  @Nullable String fault(String host) {
    Set<String> holders = new HashSet<>();
    for (BudgetText budget : budgets) {
      if (!holders.add(budget.scope() + ":" + budget.name())) {
        return "--budget names " + budget.scope() + ":" + budget.name() + " twice: name it once";
      }
      if (budget.scope() == BudgetScope.HOST
          && !budget.name().equals(BudgetText.EACH)
          && !budget.name().equals(host)) {
        return "--budget host:"
            + budget.name()
            + " is in the policy of "
            + host
            + ": write host:* for that host itself";
      }
    }
    return enforcement.fault();
  }

  /**
   * The policy afterwards.
   *
   * @param before what is kept of; null where there is nothing to keep
   */
  Policy apply(String host, @Nullable Policy before) {
    List<Budget> all = new ArrayList<>(before == null ? List.of() : before.getBudgets());
    for (BudgetText change : budgets) {
      all.removeIf(change::replaces);
      if (!change.none()) {
        all.add(change.budget());
      }
    }
    Long idle = before == null ? null : before.getIdleLimitSeconds();
    return Policy.newBuilder()
        .setHost(host)
        .setBudgets(all)
        .setIdleLimitSeconds(idleLimit == null ? idle : idleLimit.seconds())
        .setEnforcement(enforcement.apply(before == null ? null : before.getEnforcement()))
        .build();
  }
}

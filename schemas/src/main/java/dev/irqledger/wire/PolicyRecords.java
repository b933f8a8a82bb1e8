package dev.irqledger.wire;

import dev.irqledger.core.policy.Budget;
import dev.irqledger.core.policy.EnforcedAction;
import dev.irqledger.core.policy.Enforcement;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.core.policy.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the records of {@code irq.policies} to the core's policies. */
public final class PolicyRecords {
  private PolicyRecords() {}

  /**
   * The policy that a record sets. What this program does not know, or what is outside of its
   * range, sets no limit and is not enforced: a policy that is misread must not forbid what nobody
   * forbade.
   *
   * @param revision which version of the policy it is
   */
  public static Policy policy(dev.irqledger.wire.avro.Policy written, String revision) {
    List<Budget> budgets = new ArrayList<>();
    for (dev.irqledger.wire.avro.Budget budget : written.getBudgets()) {
      Scope scope =
          switch (budget.getScope()) {
            case HOST -> Scope.HOST;
            case VM -> Scope.VM;
            case DEVICE -> Scope.DEVICE;
            case OTHER -> null;
          };
      if (scope != null) {
        budgets.add(
            new Budget(
                scope,
                budget.getName(),
                limit(budget.getMaxArmed()),
                limit(budget.getMaxAllocated())));
      }
    }
    Long idle = written.getIdleLimitSeconds();
    return new Policy(
        written.getHost(),
        revision,
        budgets,
        idle != null && idle >= 1 ? idle : null,
        enforcement(written.getEnforcement()));
  }

  private static Enforcement enforcement(dev.irqledger.wire.avro.@Nullable Enforcement written) {
    if (written == null
        || written.getExpirySeconds() < 1
        || written.getExpirySeconds() > Enforcement.LONGEST_EXPIRY_SECONDS) {
      return Enforcement.NONE;
    }
    return new Enforcement(
        action(written.getOverBudget()),
        action(written.getIdleReservation()),
        written.getExpirySeconds());
  }

  private static EnforcedAction action(dev.irqledger.wire.avro.EnforcedAction written) {
    return switch (written) {
      case NONE -> EnforcedAction.NONE;
      case CLEAR -> EnforcedAction.CLEAR;
      case DISABLE -> EnforcedAction.DISABLE;
      case CLOSE -> EnforcedAction.CLOSE;
    };
  }

  private static @Nullable Integer limit(@Nullable Integer written) {
    return written != null && written >= 0 ? written : null;
  }
}

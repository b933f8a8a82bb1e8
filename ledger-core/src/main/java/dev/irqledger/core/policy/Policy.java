package dev.irqledger.core.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What may be held on a host, and for how long unused. */
public final class Policy {
  /** Nobody set any limit. */
  public static final Policy NONE = new Policy("", "", List.of(), null);

  private final String host;
  private final String revision;
  private final Map<BudgetHolder, Budget> budgets = new HashMap<>();
  private final @Nullable Long idleLimitSeconds;
  private final Enforcement enforcement;

  /** A policy that is only told of. */
  public Policy(
      String host, String revision, List<Budget> budgets, @Nullable Long idleLimitSeconds) {
    this(host, revision, budgets, idleLimitSeconds, Enforcement.NONE);
  }

  /**
   * @param host for which host it was written; {@link Policies#EVERY_HOST} for those without one of
   *     their own
   * @param revision which version it is: another one of the same host has another text
   * @param budgets where two name the same holder, the later one holds
   * @param idleLimitSeconds how long a vector may keep its irq without a trigger, from 1; null for
   *     any time
   * @param enforcement which findings become commands
   */
  public Policy(
      String host,
      String revision,
      List<Budget> budgets,
      @Nullable Long idleLimitSeconds,
      Enforcement enforcement) {
    this.host = host;
    this.revision = revision;
    this.enforcement = enforcement;
    this.idleLimitSeconds = idleLimitSeconds;
    budgets.forEach(
        budget -> this.budgets.put(new BudgetHolder(budget.scope(), budget.name()), budget));
  }

  public String revision() {
    return revision;
  }

  /** In words, as evidence: for which host it was written, and which version it is. */
  public String words() {
    return "of " + host + (revision.isEmpty() ? "" : ", " + revision);
  }

  /** Seconds, from 1; null for any time. */
  public @Nullable Long idleLimitSeconds() {
    return idleLimitSeconds;
  }

  public Enforcement enforcement() {
    return enforcement;
  }

  /** True where it limits what somebody may hold. */
  public boolean hasBudgets() {
    return !budgets.isEmpty();
  }

  /** True where it limits nothing. */
  public boolean allowsAll() {
    return budgets.isEmpty() && idleLimitSeconds == null;
  }

  /**
   * The limit for a holder: that of its own budget, which takes the place of the one for each
   * holder as a whole. Null where there is none.
   */
  public @Nullable Integer limit(BudgetHolder holder, Measure measure) {
    Budget own = budgets.get(holder);
    Budget budget = own != null ? own : budgets.get(new BudgetHolder(holder.scope(), Budget.EACH));
    return budget == null ? null : budget.limit(measure);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Policy other
        && host.equals(other.host)
        && revision.equals(other.revision)
        && budgets.equals(other.budgets)
        && Objects.equals(idleLimitSeconds, other.idleLimitSeconds)
        && enforcement.equals(other.enforcement);
  }

  @Override
  public int hashCode() {
    return Objects.hash(host, revision, budgets, idleLimitSeconds, enforcement);
  }

  @Override
  public String toString() {
    return "Policy["
        + words()
        + ", "
        + budgets.values()
        + ", idle "
        + idleLimitSeconds
        + ", "
        + enforcement
        + "]";
  }
}

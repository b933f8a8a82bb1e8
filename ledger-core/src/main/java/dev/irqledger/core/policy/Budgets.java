package dev.irqledger.core.policy;

import dev.irqledger.core.state.VectorCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds what is held against the budgets. */
public final class Budgets {
  private Budgets() {}

  /** The holder's budgets that are overrun; empty where none is. */
  public static List<Excess> excesses(Policy policy, BudgetHolder holder, VectorCounts held) {
    List<Excess> excesses = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      Integer limit = policy.limit(holder, measure);
      if (limit != null && measure.of(held) > limit) {
        excesses.add(new Excess(holder, measure, limit, measure.of(held), 0));
      }
    }
    return excesses;
  }

  /**
   * The budgets that forbid to take more. What takes nothing more is never forbidden, also where a
   * budget is overrun already: so a holder can always get back below it.
   *
   * @param held what each holder concerned holds now
   * @param more what would come to each of them; may be negative
   */
  public static List<Excess> forbidding(
      Policy policy, Map<BudgetHolder, VectorCounts> held, VectorCounts more) {
    List<Excess> forbidding = new ArrayList<>();
    held.forEach((holder, counts) -> {
      for (Measure measure : Measure.values()) {
        Integer limit = policy.limit(holder, measure);
        int asked = measure.of(more);
        if (limit != null && asked > 0 && measure.of(counts) + asked > limit) {
          forbidding.add(new Excess(holder, measure, limit, measure.of(counts), asked));
        }
      }
    });
    return forbidding;
  }
}

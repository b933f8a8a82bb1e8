package dev.irqledger.core.policy;

/**
 * A budget that is, or would be, overrun.
 *
 * @param limit the budget's, from 0
 * @param held what the holder holds now
 * @param asked how many more are asked for; 0 where the budget is overrun already
 */
public record Excess(BudgetHolder holder, Measure measure, int limit, int held, int asked) {
  /** What the budget asks for. */
  public String expected() {
    return "at most " + limit + ' ' + measure.word() + " for " + holder;
  }

  /** Why an operation is refused, for whoever asked: the budget, what is held, what helps. */
  public String refusal(Policy policy) {
    return "the policy "
        + policy.words()
        + ", sets "
        + expected()
        + ", which has "
        + held
        + ", and "
        + asked
        + " more are asked for: "
        + measure.remedy();
  }
}

package dev.irqledger.core.policy;

/**
 * What is found beside the rules of kernel and log. The names are stable. Such findings depend on
 * policies, capacities and clocks, which are not in the log of events: no parity check covers them.
 */
public enum PolicyRule {
  OVER_BUDGET("A holder has no more vectors than its budget allows."),
  IDLE_RESERVATION("No vector keeps its irq without a trigger for longer than the idle limit."),
  NEAR_EXHAUSTION("A pool of the host has room left."),
  POOL_EXHAUSTED("A pool of the host has what a call asks for.");

  private final String sentence;

  PolicyRule(String sentence) {
    this.sentence = sentence;
  }

  /** What should hold, in one sentence. */
  public String sentence() {
    return sentence;
  }
}

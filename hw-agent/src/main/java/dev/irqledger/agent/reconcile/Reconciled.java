package dev.irqledger.agent.reconcile;

import java.util.List;

/**
 * What came of comparing the ledger with the kernel.
 *
 * @param lines what differed, and which devices could not be compared, a line each
 * @param differences how many lines are differences; the log has what the kernel shows instead
 * @param notCompared how many devices could not be compared
 */
public record Reconciled(List<String> lines, int differences, int notCompared) {
  public Reconciled {
    lines = List.copyOf(lines);
  }

  /** In words, on one line. */
  public String told() {
    String compared =
        differences == 0
            ? "the ledger and the kernel agree"
            : differences + " differences; what the kernel shows is published, and both agree now";
    return notCompared == 0
        ? compared
        : notCompared + " devices could not be compared; of the others: " + compared;
  }
}

package dev.irqledger.core.rule;

import dev.irqledger.core.device.KernelGeneration;

/**
 * The rules' best account of a reported call.
 *
 * @param outcome what the rules give in the environment that fits the report best
 * @param verdict how well it fits
 * @param generation the device's generation, where the call gave it away
 */
public record Explained(Outcome outcome, Verdict verdict, KernelGeneration generation) {
  /** How well the rules account for a report. */
  public enum Verdict {
    /** One outcome gives the report. */
    CERTAIN,
    /** Several outcomes give the report, and nothing tells them apart. */
    AMBIGUOUS,
    /** No environment gives the reported result. */
    UNEXPLAINED
  }

  static Explained certain(Outcome outcome) {
    return new Explained(outcome, Verdict.CERTAIN, outcome.before().profile().generation());
  }

  static Explained ambiguous(Outcome outcome) {
    return new Explained(outcome, Verdict.AMBIGUOUS, outcome.before().profile().generation());
  }

  static Explained none(Outcome guess) {
    return new Explained(guess, Verdict.UNEXPLAINED, guess.before().profile().generation());
  }

  boolean found() {
    return verdict != Verdict.UNEXPLAINED;
  }

  Explained learned(KernelGeneration to) {
    return new Explained(outcome, verdict, to);
  }
}

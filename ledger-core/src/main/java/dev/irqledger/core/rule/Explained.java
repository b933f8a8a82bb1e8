package dev.irqledger.core.rule;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.event.KernelView;
import org.jspecify.annotations.Nullable;

/**
 * The rules' best account of a reported call.
 *
 * @param trial what the rules give in the environment that fits the report best
 * @param verdict how well it fits
 * @param generation the device's generation, where the call gave it away
 */
public record Explained(Trial trial, Verdict verdict, KernelGeneration generation) {
  /** How well the rules account for a report. */
  public enum Verdict {
    /** One outcome gives the report. */
    CERTAIN,
    /** Several outcomes give the report, and nothing tells them apart. */
    AMBIGUOUS,
    /** No environment gives the reported result. */
    UNEXPLAINED
  }

  static Explained certain(Trial trial) {
    return new Explained(trial, Verdict.CERTAIN, supposed(trial));
  }

  static Explained ambiguous(Trial trial) {
    return new Explained(trial, Verdict.AMBIGUOUS, supposed(trial));
  }

  static Explained none(Trial guess) {
    return new Explained(guess, Verdict.UNEXPLAINED, supposed(guess));
  }

  private static KernelGeneration supposed(Trial trial) {
    return trial.outcome().before().profile().generation();
  }

  /** What the rules give. */
  public Outcome outcome() {
    return trial.outcome();
  }

  /** Whether the kernel showed what the rules give; so it is where nobody looked. */
  boolean isShown(@Nullable KernelView view) {
    return view == null || ViewCheck.shows(view, trial.outcome().state().interrupts());
  }

  boolean found() {
    return verdict != Verdict.UNEXPLAINED;
  }

  Explained learned(KernelGeneration to) {
    return new Explained(trial, verdict, to);
  }
}

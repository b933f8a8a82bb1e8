package dev.irqledger.core.state;

/**
 * What was counted while a device's history was folded.
 *
 * @param events events that were applied
 * @param redeliveries plain repetitions, without effect
 * @param violations broken rules, of the kernel and of the log
 */
public record Tally(long events, long redeliveries, long violations) {
  public static final Tally ZERO = new Tally(0, 0, 0);
}

package dev.irqledger.core.policy;

/**
 * Which findings become commands.
 *
 * @param overBudget about a device over its own budget
 * @param idleReservation about a device whose vectors keep their irqs without a trigger for too
 *     long
 * @param expirySeconds how long after what was found a command may still be carried out, from 1 to
 *     {@link #LONGEST_EXPIRY_SECONDS}
 */
public record Enforcement(
    EnforcedAction overBudget, EnforcedAction idleReservation, long expirySeconds) {
  /** A day: what was found before says little about a device. */
  public static final long LONGEST_EXPIRY_SECONDS = 86_400;

  /** Where nobody asked for another expiry. */
  public static final long DEFAULT_EXPIRY_SECONDS = 60;

  /** Every finding is left to people. */
  public static final Enforcement NONE =
      new Enforcement(EnforcedAction.NONE, EnforcedAction.NONE, DEFAULT_EXPIRY_SECONDS);

  /**
   * @throws IllegalArgumentException if the expiry is out of its range
   */
  public Enforcement {
    if (expirySeconds < 1 || expirySeconds > LONGEST_EXPIRY_SECONDS) {
      throw new IllegalArgumentException("an expiry of " + expirySeconds + " s");
    }
  }

  /** What is done about findings by that rule. Of a pool that runs short, people decide. */
  public EnforcedAction about(PolicyRule rule) {
    return switch (rule) {
      case OVER_BUDGET -> overBudget;
      case IDLE_RESERVATION -> idleReservation;
      case NEAR_EXHAUSTION, POOL_EXHAUSTED -> EnforcedAction.NONE;
    };
  }
}

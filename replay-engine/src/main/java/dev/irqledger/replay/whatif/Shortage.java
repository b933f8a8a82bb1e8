package dev.irqledger.replay.whatif;

import dev.irqledger.core.policy.Pool;

/**
 * A call that finds a pool empty, in one history or in both.
 *
 * @param at the call
 * @param pool the pool; where both find one empty, that of the log
 */
public record Shortage(Mark at, Kind kind, Pool pool) {
  /** In which history. */
  public enum Kind {
    /** In both. */
    KEPT,
    /** In the log alone. */
    AVOIDED,
    /** Under the policy alone. */
    CAUSED,
    /** Of an added device. */
    OF_ADDED
  }
}

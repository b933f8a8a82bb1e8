package dev.irqledger.replay.whatif;

/** One of two histories. */
public enum Side {
  /** What happened. */
  LOG,
  /** What would have happened. */
  POLICY
}

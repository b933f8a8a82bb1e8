package dev.irqledger.core.event;

/** How an event came to be known. */
public enum Source {
  /** The agent made the call itself. */
  AGENT_CALL,
  /** The agent saw another process make the call. */
  OBSERVED_CALL,
  /** The agent read it from sysfs. */
  OBSERVED_STATE,
  /** Taken from a recording. */
  IMPORTED
}

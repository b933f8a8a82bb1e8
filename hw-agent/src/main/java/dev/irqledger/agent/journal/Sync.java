package dev.irqledger.agent.journal;

/** Whether each commit of the journal waits until it is on the disk. */
public enum Sync {
  /** It does ({@code fsync}): nothing that was committed is lost, a power cut included. */
  FULL,
  /** It does not: a killed agent loses nothing, a power cut may lose the latest commits. */
  OFF
}

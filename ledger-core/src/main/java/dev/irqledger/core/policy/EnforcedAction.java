package dev.irqledger.core.policy;

/** What is done about a finding on a device that the host's agent opened itself. */
public enum EnforcedAction {
  /** Nothing: a person reads the finding. */
  NONE,
  /** Take triggers away: frees CPU vectors, but no irq. */
  CLEAR,
  /** Disable MSI-X or MSI: frees every irq of the device, armed ones too. */
  DISABLE,
  /** Close the device. */
  CLOSE
}

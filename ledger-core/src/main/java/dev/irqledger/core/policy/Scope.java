package dev.irqledger.core.policy;

import java.util.Locale;

/** What kind of holder a budget limits. */
public enum Scope {
  /** All devices of the host together. */
  HOST,
  /** All devices of one virtual machine together. */
  VM,
  /** One device. */
  DEVICE;

  /** As policies spell it on a command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

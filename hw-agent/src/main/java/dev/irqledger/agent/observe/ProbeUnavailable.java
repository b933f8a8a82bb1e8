package dev.irqledger.agent.observe;

/**
 * The kernel's probe cannot be had on this host: no mistake, but a reason to be content with
 * snapshots. Its message is one line that names the cause and the remedy.
 */
public final class ProbeUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String remedy;

  public ProbeUnavailable(String reason, String remedy) {
    super("no probe: " + reason + "; " + remedy, null, false, false);
    this.reason = reason;
    this.remedy = remedy;
  }

  public String reason() {
    return reason;
  }

  /** What the host's owner can do about it. */
  public String remedy() {
    return remedy;
  }
}

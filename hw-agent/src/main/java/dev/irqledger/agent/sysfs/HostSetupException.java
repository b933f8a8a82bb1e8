package dev.irqledger.agent.sysfs;

/**
 * The host is not set up for what was asked. The message is one line that names the cause and the
 * remedy.
 */
public final class HostSetupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HostSetupException(String message) {
    super(message);
  }
}

package dev.irqledger.agent.vfio;

import dev.irqledger.core.device.Errno;

/**
 * The operating system refused an operation that has no result to report: opening, looking, or
 * handling eventfds. What a {@code VFIO_DEVICE_SET_IRQS} or a reset returns is no exception but a
 * fact.
 */
public final class VfioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final int errno;

  /**
   * @param operation what was tried, such as {@code open}
   * @param errno the error's number, positive
   */
  public VfioException(String operation, int errno) {
    super(operation + " failed: " + Errno.describe(-errno));
    this.operation = operation;
    this.errno = errno;
  }

  VfioException(String operation, Errno errno) {
    this(operation, errno.number());
  }

  public String operation() {
    return operation;
  }

  /** The error's number, positive. */
  public int errno() {
    return errno;
  }
}

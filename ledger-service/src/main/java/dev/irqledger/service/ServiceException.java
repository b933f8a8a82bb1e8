package dev.irqledger.service;

/**
 * The service cannot start, go on, or answer. The message names the cause and the remedy in one
 * line.
 */
public final class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What stands in the way. */
  public enum Kind {
    /** No broker answers. */
    UNREACHABLE,
    /** The topics are missing, or not as this project needs them. */
    TOPICS,
    /** The broker answered, and refused. */
    REFUSED,
    /** The state directory cannot be used. */
    STATE_DIR,
    /** The state is not at hand yet: asking again later helps. */
    NOT_READY,
    /** The service stopped by itself. */
    FAILED
  }

  public ServiceException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public ServiceException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}

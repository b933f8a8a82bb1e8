package dev.irqledger.agent.publish;

/**
 * Something cannot be brought to Kafka, or read from it. The message names the broker, the cause
 * and the remedy in one line.
 */
public final class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What stands in the way. */
  public enum Kind {
    /** No broker answers. */
    UNREACHABLE,
    /** The topics are not as this project needs them. */
    TOPICS,
    /** The broker answered, and refused. */
    REFUSED
  }

  public PublishException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public PublishException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}

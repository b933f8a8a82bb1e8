package dev.irqledger.agent.journal;

/** The journal cannot be used. The message names the cause and the remedy in one line. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What stands in the way. */
  public enum Kind {
    /** Another agent holds it. */
    LOCKED,
    /** It takes no intent until there is room again. What was done is kept. */
    FULL,
    /** It cannot be read or written. */
    UNUSABLE,
    /** It belongs to another host, or to another cluster's log. */
    FOREIGN
  }

  public JournalException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public JournalException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}

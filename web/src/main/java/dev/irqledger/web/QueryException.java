package dev.irqledger.web;

/** A question has no answer. The message says why, in one line that may be shown to who asked. */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What stands in the way. */
  public enum Kind {
    /** The question contradicts itself, or names a point that the log does not hold. */
    WRONG_QUESTION,
    /** There is nothing of that name. */
    NOT_FOUND,
    /** The state is being restored or moved: to ask again in a moment helps. */
    NOT_READY,
    /** As many such questions as can be are being answered now: to ask again later helps. */
    BUSY,
    /** The answer takes longer than it may. */
    TOO_LONG,
    /** Kafka does not answer, or another instance does not. */
    UNREACHABLE
  }

  public QueryException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public QueryException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}

package dev.irqledger.replay;

/** A replay cannot be done. The message names the cause and the remedy in one line. */
public final class ReplayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What stands in the way. */
  public enum Kind {
    /** What was asked for contradicts itself, or lacks something. */
    WRONG_USE,
    /** No broker answers. */
    UNREACHABLE,
    /** The topic is not there. */
    NO_TOPIC,
    /** The point names something that the log does not hold. */
    NO_SUCH_POINT,
    /** Records that the replay needs are gone. */
    LOG_CUT,
    /** An archive is not there, is damaged, or was written by a version that this one is not. */
    ARCHIVE_UNREADABLE,
    /** A file that was named is not there, or is not what it should be. */
    INPUT_UNREADABLE,
    /** An archive cannot be written. */
    ARCHIVE_UNWRITABLE
  }

  public ReplayException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public ReplayException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}

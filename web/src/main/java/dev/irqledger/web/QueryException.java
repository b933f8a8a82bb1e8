package dev.irqledger.web;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.wire.LookupUnavailable;
import java.util.function.Supplier;

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

  /** Nothing is known of the device. */
  static QueryException noEvent(DeviceKey device) {
    return new QueryException(Kind.NOT_FOUND, "there is no event of " + device + " up to then");
  }

  /** What the question gives; what the log refuses becomes an exception of this kind. */
  static <T> T answering(Supplier<T> question) {
    try {
      return question.get();
    } catch (ReplayException e) {
      throw new QueryException(kind(e), String.valueOf(e.getMessage()), e);
    } catch (LookupUnavailable e) {
      throw new QueryException(Kind.UNREACHABLE, "a schema or a key cannot be looked up now", e);
    }
  }

  private static Kind kind(ReplayException e) {
    return switch (e.kind()) {
      case WRONG_USE, NO_SUCH_POINT, LOG_CUT -> Kind.WRONG_QUESTION;
      case UNREACHABLE, NO_TOPIC, ARCHIVE_UNREADABLE, ARCHIVE_UNWRITABLE, INPUT_UNREADABLE ->
          Kind.UNREACHABLE;
    };
  }
}

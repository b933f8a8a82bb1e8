package dev.irqledger.wire.signature;

import dev.irqledger.core.event.Authorship;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who wrote an event. The answer depends on the record and on what was enrolled for its
 * log time alone, so that every reader finds the same.
 */
public final class AuthorCheck {
  private final Enrolments enrolments;

  public AuthorCheck(Enrolments enrolments) {
    this.enrolments = enrolments;
  }

  /**
   * Checks one record.
   *
   * @param host the host that the event names
   * @param value the record's value
   * @param signature its header {@link EventSigner#HEADER}; null where it has none
   * @param logTimeMs its log time, in milliseconds since 1970
   * @throws dev.irqledger.wire.LookupUnavailable if the keys cannot be looked up now
   */
  public Authorship of(String host, byte[] value, byte @Nullable [] signature, long logTimeMs) {
    Enrolment own = enrolments.of(host, logTimeMs);
    if (!own.requiredAt(logTimeMs)
        && !enrolments.of(Enrolments.EVERY_HOST, logTimeMs).requiredAt(logTimeMs)) {
      return Authorship.NOT_ASKED;
    }
    List<VerifyingKey> keys = own.keysAt(logTimeMs);
    if (keys.isEmpty()) {
      return Authorship.NO_KEY;
    }
    if (signature == null) {
      return Authorship.UNSIGNED;
    }
    boolean signed = keys.stream().anyMatch(key -> key.signed(value, signature));
    return signed ? Authorship.SIGNED : Authorship.FORGED;
  }
}

package dev.irqledger.core.state;

/**
 * Why and since when a device's state is not certain. While it lasts, rules that need the state
 * before an event are not judged.
 *
 * @param reason why
 * @param sinceEpoch the epoch of the event that made it so
 * @param sinceSequence the sequence of that event
 * @param sinceMicros the host time of that event, in microseconds since 1970; 0 where not known
 */
public record Uncertainty(Reason reason, long sinceEpoch, long sinceSequence, long sinceMicros) {
  /** Why a state is not certain. */
  public enum Reason {
    /** Events are missing. */
    EVENTS_MISSING,
    /** The hash chain is broken: what came before may be other than what was recorded. */
    CHAIN_BROKEN,
    /** An agent lost its journal: what happened before its first event is not known. */
    JOURNAL_LOST,
    /** A call's result, or its descriptors, leave open what it did. */
    AMBIGUOUS_CALL,
    /** A call's result breaks the rules, and nobody looked at what the kernel did. */
    UNEXPLAINED_RESULT
  }
}

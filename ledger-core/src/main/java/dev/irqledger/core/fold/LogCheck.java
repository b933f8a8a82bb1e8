package dev.irqledger.core.fold;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.rule.Findings;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.core.state.RecentHashes;
import dev.irqledger.core.state.Uncertainty.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Holds an event's place in the log against the rules of the log: writer, epoch, sequence, hash
 * chain.
 *
 * @param standing what is to be done with the event
 * @param doubt why what came before is not certain; null where it is
 */
record LogCheck(Standing standing, @Nullable Reason doubt) {
  /** What is to be done with an event. */
  enum Standing {
    APPLY,
    /** It was folded before: counted, without effect. */
    REDELIVERED,
    /** Marked, never applied. */
    MARK_ONLY
  }

  private static final LogCheck IN_ORDER = new LogCheck(Standing.APPLY, null);
  private static final LogCheck REDELIVERED = new LogCheck(Standing.REDELIVERED, null);
  private static final LogCheck MARKED = new LogCheck(Standing.MARK_ONLY, null);

  static LogCheck of(LogHead head, InterruptEvent event, Findings findings) {
    // Before all else: what somebody else wrote must not shut out what the host writes, which a
    // later epoch or a sequence that is taken would do.
    if (!event.authorship().accepted()) {
      findings.add(
          Rule.SIGNED_BY_HOST,
          "a signature by a key of " + event.device().host(),
          event.authorship().words());
      return MARKED;
    }
    return placed(head, event, findings);
  }

  private static LogCheck placed(LogHead head, InterruptEvent event, Findings findings) {
    boolean sameEpoch = event.epoch() == head.epoch();
    if (sameEpoch && event.sequence() == head.sequence() + 1) {
      return next(head, event, findings);
    }
    if (head.recent().contains(event.hash())) {
      return REDELIVERED;
    }
    if (event.epoch() < head.epoch()) {
      findings.add(
          Rule.STALE_EPOCH, "epoch " + head.epoch() + " or later", "epoch " + event.epoch());
      return MARKED;
    }
    if (sameEpoch && event.sequence() <= head.sequence()) {
      return again(head, event, findings);
    }
    return sameEpoch ? gap(head.sequence() + 1, event, findings) : newEpoch(head, event, findings);
  }

  private static LogCheck next(LogHead head, InterruptEvent event, Findings findings) {
    return event.previousHash().equals(head.hash()) ? IN_ORDER : broken(head, event, findings);
  }

  private static LogCheck newEpoch(LogHead head, InterruptEvent event, Findings findings) {
    if (event.sequence() != 1) {
      return gap(1, event, findings);
    }
    if (event.journalLost()) {
      return new LogCheck(Standing.APPLY, Reason.JOURNAL_LOST);
    }
    return next(head, event, findings);
  }

  private static LogCheck gap(long expected, InterruptEvent event, Findings findings) {
    findings.add(Rule.SEQUENCE_GAP, "sequence " + expected, "sequence " + event.sequence());
    return new LogCheck(Standing.APPLY, Reason.EVENTS_MISSING);
  }

  private static LogCheck broken(LogHead head, InterruptEvent event, Findings findings) {
    findings.add(
        Rule.CHAIN_BROKEN, "previous hash " + head.hash(), "previous hash " + event.previousHash());
    return new LogCheck(Standing.APPLY, Reason.CHAIN_BROKEN);
  }

  /** A number that was passed. Beyond the window its content cannot be compared any more. */
  private static LogCheck again(LogHead head, InterruptEvent event, Findings findings) {
    if (head.sequence() - event.sequence() >= RecentHashes.WINDOW) {
      return REDELIVERED;
    }
    findings.add(
        Rule.SEQUENCE_CONFLICT,
        "after sequence " + head.sequence() + " nothing but sequence " + (head.sequence() + 1),
        "sequence " + event.sequence() + " with a content that was not folded under it");
    return MARKED;
  }
}

package dev.irqledger.core.policy;

import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.state.LogHead;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What brought a finding up.
 *
 * @param cause names it; the same cause of the same breach is the same finding
 * @param eventId the event; null where a clock or a policy brought it up
 * @param eventHash its hash; {@link EventHash#NONE} where there is no event
 * @param epoch the event's epoch, 0 where there is no event
 * @param sequence the event's sequence, 0 where there is no event
 * @param hostTimeMicros the host's clock, in microseconds since 1970; 0 where not known
 */
public record FoundAt(
    String cause,
    @Nullable UUID eventId,
    EventHash eventHash,
    long epoch,
    long sequence,
    long hostTimeMicros) {
  /** The latest event of a device. */
  public static FoundAt event(LogHead head) {
    return new FoundAt(
        head.eventId() + "/" + head.hash().hex(),
        head.eventId(),
        head.hash(),
        head.epoch(),
        head.sequence(),
        head.hostTimeMicros());
  }

  /** No event: time passed, or a policy or a capacity changed. */
  public static FoundAt noEvent(String cause) {
    return new FoundAt(cause, null, EventHash.NONE, 0, 0, 0);
  }
}

package dev.irqledger.core.state;

import dev.irqledger.core.event.EventHash;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a device's history was folded.
 *
 * @param epoch the epoch of the last event, 0 before the first
 * @param sequence its number in that epoch, 0 before the first
 * @param hash its hash, {@link EventHash#NONE} before the first
 * @param recent the hashes of the latest events
 * @param eventId its id, null before the first
 * @param bootId the host's boot in which it happened; empty where not known
 * @param hostTimeMicros the host's clock at it, in microseconds since 1970; 0 where not known
 */
public record LogHead(
    long epoch,
    long sequence,
    EventHash hash,
    RecentHashes recent,
    @Nullable UUID eventId,
    String bootId,
    long hostTimeMicros) {
  /** Before the first event. */
  public static final LogHead START =
      new LogHead(0, 0, EventHash.NONE, RecentHashes.NONE, null, "", 0);
}

package dev.irqledger.core.rule;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * A rule that an event breaks, with its evidence. A value: nothing is rejected for it.
 *
 * @param id derived from the event's hash and the rule, so that folding again makes no second one
 * @param rule which rule
 * @param device whose event it is
 * @param eventId the event's id
 * @param eventHash the event's hash
 * @param epoch the event's epoch
 * @param sequence the event's sequence
 * @param hostTimeMicros the event's host time, in microseconds since 1970; 0 where not known
 * @param vectors the vectors concerned, rising, at most {@link #MOST_VECTORS}
 * @param expected what the rule asks for, in words
 * @param reported what the event says, in words
 */
public record Violation(
    UUID id,
    Rule rule,
    DeviceKey device,
    UUID eventId,
    EventHash eventHash,
    long epoch,
    long sequence,
    long hostTimeMicros,
    List<Integer> vectors,
    String expected,
    String reported) {
  /** How many vectors are listed at the most. */
  public static final int MOST_VECTORS = 16;

  public Violation {
    vectors = List.copyOf(vectors.subList(0, Math.min(MOST_VECTORS, vectors.size())));
  }

  /** A violation of that rule by that event. */
  public static Violation of(
      Rule rule, InterruptEvent event, List<Integer> vectors, String expected, String reported) {
    String name = rule.name() + '/' + event.device() + '/' + event.id() + '/' + event.hash().hex();
    return new Violation(
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
        rule,
        event.device(),
        event.id(),
        event.hash(),
        event.epoch(),
        event.sequence(),
        event.hostTimeMicros(),
        vectors,
        expected,
        reported);
  }
}

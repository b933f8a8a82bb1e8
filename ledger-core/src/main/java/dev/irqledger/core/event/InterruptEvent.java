package dev.irqledger.core.event;

import dev.irqledger.core.device.DeviceKey;
import java.util.UUID;

/**
 * One completed operation on one device: atomic, since one call can touch many vectors and unwind.
 *
 * @param id a UUIDv7 where an agent made it, name-based where a recording was imported
 * @param device whose interrupts it is about
 * @param bootId the host's boot ({@code /proc/sys/kernel/random/boot_id}); empty where not known
 * @param epoch the agent's incarnation on the host; grows with each start
 * @param sequence numbers the events of one device in one epoch: from 1, without gaps
 * @param previousHash the hash of the device's event before this one, also across epochs; {@link
 *     EventHash#NONE} for the first ever
 * @param journalLost true where an epoch's first event cannot name the hash before, since the
 *     agent's journal was lost
 * @param source how it came to be known
 * @param actor who made the call
 * @param hostTimeMicros the host's clock, microseconds since 1970-01-01T00:00Z; 0 where not known
 * @param body what happened
 * @param hash of this event's own bytes: filled in by the codec, {@link EventHash#NONE} before
 * @param authorship what the reader of the log found out about its writer
 */
public record InterruptEvent(
    UUID id,
    DeviceKey device,
    String bootId,
    long epoch,
    long sequence,
    EventHash previousHash,
    boolean journalLost,
    Source source,
    Actor actor,
    long hostTimeMicros,
    EventBody body,
    EventHash hash,
    Authorship authorship) {

  /** An event whose signature nobody asks for. */
  public InterruptEvent(
      UUID id,
      DeviceKey device,
      String bootId,
      long epoch,
      long sequence,
      EventHash previousHash,
      boolean journalLost,
      Source source,
      Actor actor,
      long hostTimeMicros,
      EventBody body,
      EventHash hash) {
    this(
        id,
        device,
        bootId,
        epoch,
        sequence,
        previousHash,
        journalLost,
        source,
        actor,
        hostTimeMicros,
        body,
        hash,
        Authorship.NOT_ASKED);
  }

  /** The same event with the hash of its encoded bytes. */
  public InterruptEvent hashed(EventHash own) {
    return read(own, authorship);
  }

  /** The same event with what its reader found out about its writer. */
  public InterruptEvent by(Authorship found) {
    return found == authorship ? this : read(hash, found);
  }

  private InterruptEvent read(EventHash own, Authorship found) {
    return new InterruptEvent(
        id,
        device,
        bootId,
        epoch,
        sequence,
        previousHash,
        journalLost,
        source,
        actor,
        hostTimeMicros,
        body,
        own,
        found);
  }
}

package dev.irqledger.wire;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Numbers and chains the events of one host in one epoch. What it returns is part of the chain: it
 * must reach the log before anything that is sealed later. One thread at a time may use it.
 */
public final class EventSealer {
  private final EventCodec codec;
  private final long epoch;
  private final String bootId;
  private final KnownHeads before;
  private final Map<DeviceKey, Head> heads = new HashMap<>();

  private record Head(long sequence, EventHash hash) {}

  /**
   * @param epoch this epoch, greater than all before it on the host
   * @param bootId the host's boot, empty where not known
   * @param before what is known of the epochs before
   */
  public EventSealer(EventCodec codec, long epoch, String bootId, KnownHeads before) {
    this.codec = codec;
    this.epoch = epoch;
    this.bootId = bootId;
    this.before = before;
  }

  /**
   * The device's next event.
   *
   * @param hostTimeMicros the host's clock, microseconds since 1970; 0 where not known
   * @throws IllegalArgumentException if it is too large for the log; then it was not numbered
   */
  public SealedEvent seal(
      UUID id, DeviceKey device, Source source, Actor actor, long hostTimeMicros, EventBody body) {
    Head head = heads.get(device);
    boolean first = head == null;
    EventHash previous =
        head != null ? head.hash : before.hashes().getOrDefault(device, EventHash.NONE);
    long sequence = head != null ? head.sequence + 1 : 1;
    boolean lost = first && before.journalLost() && !before.hashes().containsKey(device);
    SealedEvent sealed =
        codec.encode(
            new InterruptEvent(
                id,
                device,
                bootId,
                epoch,
                sequence,
                previous,
                lost,
                source,
                actor,
                hostTimeMicros,
                body,
                EventHash.NONE));
    heads.put(device, new Head(sequence, sealed.event().hash()));
    return sealed;
  }

  /** What the next epoch will know of this one and those before. */
  public KnownHeads heads() {
    Map<DeviceKey, EventHash> hashes = new HashMap<>(before.hashes());
    heads.forEach((device, head) -> hashes.put(device, head.hash));
    return new KnownHeads(hashes, before.journalLost());
  }
}

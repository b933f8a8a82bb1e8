package dev.irqledger.wire;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import java.util.Map;

/**
 * What an agent knows, when its epoch begins, of the epochs before it.
 *
 * @param hashes the hash of each device's last event
 * @param journalLost whether there were epochs of which this is not all: then the first event of a
 *     device that is not listed says so, instead of passing for the device's first ever
 */
public record KnownHeads(Map<DeviceKey, EventHash> hashes, boolean journalLost) {
  /** The host never had an agent. */
  public static final KnownHeads FIRST_EPOCH = new KnownHeads(Map.of(), false);

  public KnownHeads {
    hashes = Map.copyOf(hashes);
  }
}

package dev.irqledger.service.pressure;

import dev.irqledger.core.policy.Share;
import dev.irqledger.wire.avro.UnarmedDevice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks the devices of a host that hold the most irqs, and the one that has had some unused for
 * longest. Serves one host, once.
 */
public final class BiggestHolders {
  /** How many are named. */
  public static final int MOST = 5;

  private static final Comparator<Share> BIGGEST_FIRST =
      Comparator.comparingInt((Share share) -> share.held().allocated())
          .reversed()
          .thenComparing(Share::device);

  private final List<Share> all = new ArrayList<>();
  private @Nullable UnarmedDevice longestUnarmed;

  /**
   * Offers a device; one that holds nothing is passed over.
   *
   * @param device its PCI address
   */
  public void offer(String device, Holding holding) {
    if (holding.counts().allocated() > 0) {
      all.add(new Share(device, holding.vm(), holding.counts()));
    }
    if (holding.unarmedSinceMicros() > 0) {
      offer(
          new UnarmedDevice(
              device,
              holding.vm(),
              Instant.EPOCH.plus(holding.unarmedSinceMicros(), ChronoUnit.MICROS)));
    }
  }

  private void offer(UnarmedDevice device) {
    UnarmedDevice longest = longestUnarmed;
    if (longest == null || device.getSince().isBefore(longest.getSince())) {
      longestUnarmed = device;
    }
  }

  /** The device that has had vectors without a trigger for longest; null where none is known. */
  public @Nullable UnarmedDevice longestUnarmed() {
    return longestUnarmed;
  }

  /** The biggest first; equal ones by address, so that the same log gives the same answer. */
  public List<Share> pick() {
    return all.stream().sorted(BIGGEST_FIRST).limit(MOST).toList();
  }
}

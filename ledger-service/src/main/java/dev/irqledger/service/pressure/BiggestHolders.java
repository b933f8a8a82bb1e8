package dev.irqledger.service.pressure;

import dev.irqledger.core.policy.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Picks the devices of a host that hold the most irqs. Serves one host, once. */
public final class BiggestHolders {
  /** How many are named. */
  public static final int MOST = 5;

  private static final Comparator<Share> BIGGEST_FIRST =
      Comparator.comparingInt((Share share) -> share.held().allocated())
          .reversed()
          .thenComparing(Share::device);

  private final List<Share> all = new ArrayList<>();

  /**
   * Offers a device; one that holds nothing is passed over.
   *
   * @param device its PCI address
   */
  public void offer(String device, Holding holding) {
    if (holding.counts().allocated() > 0) {
      all.add(new Share(device, holding.vm(), holding.counts()));
    }
  }

  /** The biggest first; equal ones by address, so that the same log gives the same answer. */
  public List<Share> pick() {
    return all.stream().sorted(BIGGEST_FIRST).limit(MOST).toList();
  }
}

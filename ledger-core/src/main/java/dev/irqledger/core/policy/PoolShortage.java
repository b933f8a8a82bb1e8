package dev.irqledger.core.policy;

import dev.irqledger.core.state.DeviceState;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Findings of pools that run out, or have. */
public final class PoolShortage {
  private PoolShortage() {}

  /**
   * From when a pool counts as nearly exhausted.
   *
   * @param beginsAtPercent it is from this filling on, 1 to 100
   * @param endsBelowPercent it is no more below this one; lower, so that a pool whose filling goes
   *     up and down at the limit is found once
   */
  public record Threshold(int beginsAtPercent, int endsBelowPercent) {
    /** A tenth is left: on the smallest hosts still enough for one device with its queues. */
    public static final Threshold DEFAULT = new Threshold(90, 85);

    /** Whether the pool is nearly exhausted, given whether it was. */
    public boolean near(PoolLevel level, boolean before) {
      return level.filledTo(before ? endsBelowPercent : beginsAtPercent);
    }
  }

  /**
   * A pool that is nearly exhausted.
   *
   * @param holders the biggest holders, the biggest first
   */
  public static PolicyFinding near(
      String host, PoolLevel level, Threshold threshold, List<Share> holders, FoundAt at) {
    SortedMap<String, String> evidence = new TreeMap<>();
    level.note(evidence);
    evidence.put("thresholdPercent", Integer.toString(threshold.beginsAtPercent()));
    evidence.put("remedy", remedy(level, holders));
    Share.note(holders, evidence);
    return new PolicyFinding(
        PolicyFinding.id(
            PolicyRule.NEAR_EXHAUSTION,
            host,
            level.pool(),
            String.valueOf(level.unit()),
            threshold.beginsAtPercent(),
            at.cause()),
        PolicyRule.NEAR_EXHAUSTION,
        host,
        null,
        at,
        List.of(),
        "less than " + threshold.beginsAtPercent() + " % of the " + level.words() + " in use",
        level.used() + " of " + level.capacity() + " in use",
        evidence);
  }

  /**
   * A pool that had not what a call asked for. Who held it is kept with it, since a moment later
   * nobody can tell any more.
   *
   * @param device the device after the call, whose latest event it is
   * @param result what the call returned
   * @param holders the biggest holders at that moment, the biggest first
   */
  public static PolicyFinding exhausted(
      DeviceState device, PoolLevel level, int result, List<Share> holders) {
    SortedMap<String, String> evidence = new TreeMap<>();
    level.note(evidence);
    evidence.put("result", Integer.toString(result));
    evidence.put("remedy", remedy(level, holders));
    Share.note(holders, evidence);
    FoundAt at = FoundAt.event(device.head());
    return new PolicyFinding(
        PolicyFinding.id(
            PolicyRule.POOL_EXHAUSTED, device.key().host(), device.key().bdf(), at.cause()),
        PolicyRule.POOL_EXHAUSTED,
        device.key().host(),
        device.key().bdf(),
        at,
        List.of(),
        "enough " + level.words() + " for the call",
        result + "; passthrough devices held " + level.pool().share(level.held()) + " after it",
        evidence);
  }

  /** What would free how much, and where. */
  private static String remedy(PoolLevel level, List<Share> holders) {
    return switch (level.pool()) {
      case CPU_VECTORS ->
          "only armed vectors hold them: take triggers away, disable MSI-X or MSI, or close"
              + named(holders.stream().filter(share -> share.held().armed() > 0).toList());
      case REMAPPING_ENTRIES ->
          (level.held().cached() + level.held().reserved())
              + " have no trigger: disable MSI-X or MSI, or close, and set up again only what is"
              + " armed"
              + named(holders.stream().filter(share -> share.unarmed() > 0).toList());
    };
  }

  private static String named(List<Share> shares) {
    return shares.isEmpty()
        ? ""
        : shares.stream().map(Share::device).collect(Collectors.joining(", ", ": ", ""));
  }
}

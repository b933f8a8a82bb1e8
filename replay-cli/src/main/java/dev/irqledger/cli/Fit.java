package dev.irqledger.cli;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.policy.Pool;
import java.util.List;
import java.util.SortedMap;

/**
 * Whether further devices fit on a host.
 *
 * @param point when, in a form that names it again
 * @param added how many devices that need what a device of the log needed
 * @param pools what of each pool is there, and what is needed
 */
record Fit(String host, String point, SortedMap<DeviceKey, Integer> added, List<Level> pools) {
  /** Who says how large a pool is. */
  enum Told {
    OPTION,
    AGENT,
    LOG
  }

  /**
   * One pool.
   *
   * @param size how much it has for passed-through devices
   * @param inUse what they hold of it
   * @param needed what the further devices need at their peak, together
   */
  record Level(Pool pool, int size, Told told, int inUse, long needed) {
    int free() {
      return Math.max(0, size - inUse);
    }

    /** By how much it is too small, 0 where it is not. */
    long missing() {
      return Math.max(0, needed - free());
    }
  }

  boolean fits() {
    return pools.stream().allMatch(level -> level.missing() == 0);
  }
}

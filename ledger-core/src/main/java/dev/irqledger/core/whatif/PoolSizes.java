package dev.irqledger.core.whatif;

import dev.irqledger.core.policy.Pool;
import org.jspecify.annotations.Nullable;

/**
 * How large a host's two pools are: what all its passed-through devices may hold together.
 *
 * @param cpuVectors how many vectors may be armed at once, from 0; null where not known
 * @param irtes how many vectors may hold an irq, and with it a remapping entry, at once, from 0;
 *     null where not known
 */
public record PoolSizes(@Nullable Integer cpuVectors, @Nullable Integer irtes) {
  /** Nothing is said of either: the pools are as large as the log shows. */
  public static final PoolSizes UNKNOWN = new PoolSizes(null, null);

  /** Pools that never run out. */
  public static final PoolSizes UNBOUNDED = new PoolSizes(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /**
   * @throws IllegalArgumentException if a size is negative
   */
  public PoolSizes {
    if ((cpuVectors != null && cpuVectors < 0) || (irtes != null && irtes < 0)) {
      throw new IllegalArgumentException(
          "a pool holds 0 or more: " + cpuVectors + " CPU vectors, " + irtes + " IRTEs");
    }
  }

  /** The size of one of them; null where it is not known. */
  public @Nullable Integer of(Pool pool) {
    return switch (pool) {
      case CPU_VECTORS -> cpuVectors;
      case REMAPPING_ENTRIES -> irtes;
    };
  }
}

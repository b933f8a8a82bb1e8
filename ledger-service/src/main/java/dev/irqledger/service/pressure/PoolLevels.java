package dev.irqledger.service.pressure;

import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.policy.PoolLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How full the pools of a host are. */
public final class PoolLevels {
  private PoolLevels() {}

  /** The CPU vectors, and the remapping entries of each IOMMU. */
  public static List<PoolLevel> of(HostSums sums, Capacity capacity) {
    List<PoolLevel> levels = new ArrayList<>();
    levels.add(cpuVectors(sums, capacity));
    Set<String> units = sums.remapping().keySet();
    if (!units.containsAll(capacity.remapping().keySet())) {
      units = new TreeSet<>(units);
      units.addAll(capacity.remapping().keySet());
    }
    units.forEach(unit -> levels.add(remapping(sums, capacity, unit)));
    return levels;
  }

  public static PoolLevel cpuVectors(HostSums sums, Capacity capacity) {
    return new PoolLevel(
        Pool.CPU_VECTORS,
        null,
        sums.cpuVectors().held(),
        capacity.irqsOfHost(),
        capacity.cpuVectors());
  }

  /**
   * @param iommu null where not known
   */
  public static PoolLevel remapping(HostSums sums, Capacity capacity, @Nullable String iommu) {
    String unit = HostSums.unit(iommu);
    return new PoolLevel(
        Pool.REMAPPING_ENTRIES,
        unit.equals(HostSums.UNKNOWN_UNIT) ? null : unit,
        sums.remapping().getOrDefault(unit, Level.EMPTY).held(),
        null,
        capacity.remapping().get(unit));
  }
}

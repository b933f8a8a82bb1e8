package dev.irqledger.service.pressure;

import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.DriverUse;
import dev.irqledger.wire.avro.RemappingUnit;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How large a host's pools are, as far as its agent knows.
 *
 * @param cpuVectors all CPU vectors that devices can use; null where not known
 * @param irqsOfHost what the host's own drivers hold; null where not known
 * @param remapping the size of each IOMMU's remapping table, for those where it is known
 */
public record Capacity(
    @Nullable Integer cpuVectors,
    @Nullable Integer irqsOfHost,
    SortedMap<String, Integer> remapping) {
  /** No agent told. */
  public static final Capacity UNKNOWN = new Capacity(null, null, Collections.emptySortedMap());

  public Capacity {
    remapping = Collections.unmodifiableSortedMap(new TreeMap<>(remapping));
  }

  /** What an agent's sign of life says of capacity. */
  public static Capacity of(AgentStatus status) {
    SortedMap<String, Integer> units = new TreeMap<>();
    for (RemappingUnit unit : status.getRemappingUnits()) {
      String name = HostSums.unit(unit.getUnit());
      Integer total = unit.getEntriesTotal();
      if (total != null
          && !name.equals(HostSums.UNKNOWN_UNIT)
          && units.size() < HostSums.MOST_UNITS) {
        units.put(name, total);
      }
    }
    Integer ofHost =
        status.getHostDrivers().isEmpty()
            ? null
            : status.getHostDrivers().stream().mapToInt(DriverUse::getIrqs).sum();
    return new Capacity(status.getCpuVectorsTotal(), ofHost, units);
  }
}

package dev.irqledger.web.http;

import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.web.DeviceRow;
import dev.irqledger.web.Pressure;
import dev.irqledger.wire.avro.Pool;
import dev.irqledger.wire.avro.PoolKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A host and what its devices add up to.
 *
 * @param violations broken rules up to the point
 * @param cpuVectors what of its CPU vectors they hold
 * @param remappingEntries what of its interrupt-remapping entries they hold, all units together
 */
record HostForm(
    String host,
    int devices,
    int uncertain,
    int armed,
    int cached,
    int reserved,
    long violations,
    Room cpuVectors,
    Room remappingEntries) {

  /**
   * How much room a pool has.
   *
   * @param inUse what passed-through devices hold of it
   * @param usedByHost what the host's own drivers hold, as it was told last; null where not known
   * @param size how much there is, as it was told last; null where not known
   */
  record Room(int inUse, @Nullable Integer usedByHost, @Nullable Integer size) {
    static Room of(PoolKind kind, int inUse, Optional<Pressure> pressure) {
      List<Pool> pools =
          pressure.stream()
              .flatMap(known -> known.report().getPools().stream())
              .filter(pool -> pool.getKind() == kind)
              .toList();
      return new Room(inUse, sum(pools, Pool::getUsedByHost), sum(pools, Pool::getCapacity));
    }

    /** Null where any of them is not known. */
    private static @Nullable Integer sum(
        List<Pool> pools, Function<Pool, @Nullable Integer> number) {
      int sum = 0;
      for (Pool pool : pools) {
        Integer known = number.apply(pool);
        if (known == null) {
          return null;
        }
        sum += known;
      }
      return pools.isEmpty() ? null : Integer.valueOf(sum);
    }
  }

  /**
   * The hosts of these devices.
   *
   * @param rows in the order of their keys, so that a host's devices stand together
   * @param pressure what is known of a host's pools
   */
  static List<HostForm> of(List<DeviceRow> rows, Function<String, Optional<Pressure>> pressure) {
    List<HostForm> hosts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= rows.size(); i++) {
      String host = rows.get(from).key().host();
      if (i == rows.size() || !rows.get(i).key().host().equals(host)) {
        hosts.add(sum(host, rows.subList(from, i), pressure.apply(host)));
        from = i;
      }
    }
    return hosts;
  }

  private static HostForm sum(String host, List<DeviceRow> rows, Optional<Pressure> pressure) {
    VectorCounts counts = VectorCounts.ZERO;
    int uncertain = 0;
    long violations = 0;
    for (DeviceRow row : rows) {
      counts = counts.plus(row.counts());
      uncertain += row.uncertainty() == null ? 0 : 1;
      violations += row.tally().violations();
    }
    return new HostForm(
        host,
        rows.size(),
        uncertain,
        counts.armed(),
        counts.cached(),
        counts.reserved(),
        violations,
        Room.of(PoolKind.CPU_VECTORS, counts.armed(), pressure),
        Room.of(PoolKind.REMAPPING_ENTRIES, counts.allocated(), pressure));
  }
}

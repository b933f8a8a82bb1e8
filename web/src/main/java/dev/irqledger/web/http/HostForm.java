package dev.irqledger.web.http;

import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.web.DeviceRow;
import dev.irqledger.web.HostSizes;
import java.util.ArrayList;
import java.util.List;
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
  record Room(int inUse, @Nullable Integer usedByHost, @Nullable Integer size) {}

  /**
   * The hosts of these devices.
   *
   * @param rows in the order of their keys, so that a host's devices stand together
   * @param sizes how large a host's pools are
   */
  static List<HostForm> of(List<DeviceRow> rows, Function<String, HostSizes> sizes) {
    List<HostForm> hosts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= rows.size(); i++) {
      String host = rows.get(from).key().host();
      if (i == rows.size() || !rows.get(i).key().host().equals(host)) {
        hosts.add(sum(host, rows.subList(from, i), sizes.apply(host)));
        from = i;
      }
    }
    return hosts;
  }

  private static HostForm sum(String host, List<DeviceRow> rows, HostSizes sizes) {
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
        new Room(counts.armed(), sizes.cpuVectorsOfHost(), sizes.cpuVectors()),
        new Room(counts.allocated(), null, sizes.remappingEntries()));
  }
}

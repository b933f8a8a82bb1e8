package dev.irqledger.web.http;

import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.web.DeviceRow;
import java.util.ArrayList;
import java.util.List;

/** A host and what its devices add up to. */
record HostForm(String host, int devices, int uncertain, int armed, int cached, int reserved) {

  /**
   * The hosts of these devices.
   *
   * @param rows in the order of their keys, so that a host's devices stand together
   */
  static List<HostForm> of(List<DeviceRow> rows) {
    List<HostForm> hosts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= rows.size(); i++) {
      String host = rows.get(from).key().host();
      if (i == rows.size() || !rows.get(i).key().host().equals(host)) {
        hosts.add(sum(host, rows.subList(from, i)));
        from = i;
      }
    }
    return hosts;
  }

  private static HostForm sum(String host, List<DeviceRow> rows) {
    VectorCounts counts = VectorCounts.ZERO;
    int uncertain = 0;
    for (DeviceRow row : rows) {
      counts = counts.plus(row.counts());
      uncertain += row.uncertainty() == null ? 0 : 1;
    }
    return new HostForm(
        host, rows.size(), uncertain, counts.armed(), counts.cached(), counts.reserved());
  }
}

package dev.irqledger.web.http;

import dev.irqledger.core.point.Point;
import dev.irqledger.web.Cut;
import dev.irqledger.web.DeviceRow;
import dev.irqledger.web.LedgerQueries;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists of devices that were answered of late, so that the next page comes from the very list that
 * the page before came from. One that is gone, or that another instance made, is folded anew: its
 * position names it. Safe for use by many threads.
 */
final class KeptCuts {
  private final LedgerQueries queries;
  private final int most;
  private final Map<String, Cut<DeviceRow>> kept = new LinkedHashMap<>();

  KeptCuts(LedgerQueries queries, int most) {
    this.queries = queries;
    this.most = most;
  }

  /** The devices now, or at a point. */
  Cut<DeviceRow> at(@Nullable String host, Point point) {
    Cut<DeviceRow> cut = queries.devices(host, point);
    keep(host, cut);
    return cut;
  }

  /** The devices that the page before was cut from. */
  Cut<DeviceRow> again(@Nullable String host, String point) {
    return find(host, point).orElseGet(() -> at(host, Parameters.point("cursor", point)));
  }

  private synchronized Optional<Cut<DeviceRow>> find(@Nullable String host, String point) {
    return Optional.ofNullable(kept.get(name(host, point)));
  }

  private synchronized void keep(@Nullable String host, Cut<DeviceRow> cut) {
    String name = name(host, cut.position().token());
    kept.remove(name);
    kept.put(name, cut);
    if (kept.size() > most) {
      kept.remove(kept.keySet().iterator().next());
    }
  }

  private static String name(@Nullable String host, String point) {
    return (host == null ? "*" : host) + ' ' + point;
  }
}

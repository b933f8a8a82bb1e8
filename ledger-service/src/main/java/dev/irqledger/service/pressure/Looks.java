package dev.irqledger.service.pressure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which devices are to be looked at vector by vector, and when: so that time passing costs only
 * what is due. Confined to one task.
 */
public final class Looks {
  private final Map<String, Look> byDevice = new HashMap<>();
  private final NavigableSet<Look> byTime =
      new TreeSet<>(Comparator.comparingLong(Look::atMs).thenComparing(Look::device));

  private record Look(String device, long atMs) {}

  /**
   * A device is to be looked at. What is planned earlier stays.
   *
   * @param device its key, host/BDF
   * @param atMs when, in milliseconds since 1970
   */
  public void plan(String device, long atMs) {
    Look planned = byDevice.get(device);
    if (planned == null || planned.atMs > atMs) {
      cancel(device);
      Look look = new Look(device, atMs);
      byDevice.put(device, look);
      byTime.add(look);
    }
  }

  public void cancel(String device) {
    Look planned = byDevice.remove(device);
    if (planned != null) {
      byTime.remove(planned);
    }
  }

  /** Whether any is due. */
  public boolean due(long nowMs) {
    return !byTime.isEmpty() && byTime.first().atMs <= nowMs;
  }

  /** The devices that are due, the earliest first, at most so many. They are planned no more. */
  public List<String> takeDue(long nowMs, int most) {
    List<String> due = new ArrayList<>();
    while (due.size() < most && due(nowMs)) {
      String device = byTime.first().device;
      cancel(device);
      due.add(device);
    }
    return due;
  }

  public void clear() {
    byDevice.clear();
    byTime.clear();
  }
}

package dev.irqledger.service.pressure;

import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.wire.LogPosition;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all devices of one host hold together, pool by pool. Kept up by differences, so that an
 * event costs the same however many devices the host has, and every high-water mark is exact.
 *
 * @param cpuVectors the pool that armed vectors draw on
 * @param remapping the pools that all allocated vectors draw on, by IOMMU; {@link #UNKNOWN_UNIT}
 *     for devices whose IOMMU is not known
 * @param position the last record that changed anything here
 */
public record HostSums(Level cpuVectors, SortedMap<String, Level> remapping, LogPosition position) {
  /** Stands for the IOMMU of devices that did not tell. */
  public static final String UNKNOWN_UNIT = "";

  /** No host has more IOMMUs, and a record of so many is still a small one. */
  static final int MOST_UNITS = 64;

  /** A longer name is none that a kernel gives. */
  static final int LONGEST_UNIT = 64;

  /** A host of which nothing was folded. */
  public static final HostSums NONE =
      new HostSums(Level.EMPTY, Collections.emptySortedMap(), LogPosition.START);

  public HostSums {
    remapping = Collections.unmodifiableSortedMap(new TreeMap<>(remapping));
  }

  /** What they hold in all pools. */
  public VectorCounts held() {
    VectorCounts held = VectorCounts.ZERO;
    for (Level level : remapping.values()) {
      held = held.plus(level.held());
    }
    return held;
  }

  /** The sums after one of the host's devices went from one state to another. */
  public HostSums moved(DeviceState before, DeviceState after, LogPosition at) {
    VectorCounts had = before.counts();
    VectorCounts has = after.counts();
    SortedMap<String, Level> units = new TreeMap<>(remapping);
    String from = place(unit(before));
    String to = place(unit(after));
    if (from.equals(to)) {
      move(units, to, had, has, at);
    } else {
      move(units, from, had, VectorCounts.ZERO, at);
      move(units, to, VectorCounts.ZERO, has, at);
    }
    return new HostSums(cpuVectors.moved(armed(had), armed(has), at.logTimeMs()), units, at);
  }

  private static void move(
      SortedMap<String, Level> units,
      String unit,
      VectorCounts had,
      VectorCounts has,
      LogPosition at) {
    if (!had.equals(has)) {
      Level level = units.getOrDefault(unit, Level.EMPTY);
      units.put(unit, level.moved(had, has, at.logTimeMs()));
    }
  }

  /** Where a device's entries are counted. A unit that has a pool keeps it. */
  private String place(String unit) {
    return remapping.containsKey(unit) || remapping.size() < MOST_UNITS ? unit : UNKNOWN_UNIT;
  }

  /** True where an event changed something that is summed here. */
  public static boolean differs(DeviceState before, DeviceState after) {
    return !before.counts().equals(after.counts()) || !unit(before).equals(unit(after));
  }

  private static String unit(DeviceState state) {
    return unit(state.profile().identity().iommuUnit());
  }

  static String unit(@Nullable String name) {
    return name == null || name.length() > LONGEST_UNIT ? UNKNOWN_UNIT : name;
  }

  private static VectorCounts armed(VectorCounts counts) {
    return new VectorCounts(counts.armed(), 0, 0);
  }
}

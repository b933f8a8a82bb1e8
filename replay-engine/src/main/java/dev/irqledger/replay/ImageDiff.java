package dev.irqledger.replay;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.wire.FoldedState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is other at one point than at another, whichever of them is the later one.
 *
 * @param hosts what each host's devices hold, for hosts where that differs
 * @param devices the devices that differ, in order
 */
public record ImageDiff(SortedMap<String, Counts> hosts, List<Device> devices) {
  /** Numbers at both points. */
  public record Counts(VectorCounts from, VectorCounts to) {
    Counts plus(VectorCounts more, VectorCounts moreTo) {
      return new Counts(from.plus(more), to.plus(moreTo));
    }
  }

  /**
   * A device that differs.
   *
   * @param from null where it had no event up to there
   * @param to null where it had no event up to there
   * @param vectors those that differ, rising
   */
  public record Device(
      DeviceKey key, @Nullable DeviceState from, @Nullable DeviceState to, List<Vector> vectors) {
    public Counts counts() {
      return new Counts(ImageDiff.counts(from), ImageDiff.counts(to));
    }
  }

  /** A vector that differs; null stands for a free one. */
  public record Vector(int number, @Nullable VectorState from, @Nullable VectorState to) {}

  /** Compares what two replays gave. That more events were folded is no difference by itself. */
  public static ImageDiff between(Image from, Image to) {
    TreeSet<DeviceKey> keys = new TreeSet<>(from.devices().keySet());
    keys.addAll(to.devices().keySet());
    SortedMap<String, Counts> hosts = new TreeMap<>();
    List<Device> devices = new ArrayList<>();
    for (DeviceKey key : keys) {
      DeviceState before = state(from.devices().get(key));
      DeviceState after = state(to.devices().get(key));
      hosts.merge(
          key.host(),
          new Counts(counts(before), counts(after)),
          (all, one) -> all.plus(one.from, one.to));
      if (differ(before, after)) {
        devices.add(new Device(key, before, after, vectors(before, after)));
      }
    }
    hosts.values().removeIf(counts -> counts.from.equals(counts.to));
    return new ImageDiff(hosts, List.copyOf(devices));
  }

  private static boolean differ(@Nullable DeviceState before, @Nullable DeviceState after) {
    if (before == null || after == null) {
      return true;
    }
    return !before.interrupts().equals(after.interrupts())
        || !before.profile().equals(after.profile())
        || before.uncertain() != after.uncertain()
        || before.tally().violations() != after.tally().violations();
  }

  private static List<Vector> vectors(@Nullable DeviceState before, @Nullable DeviceState after) {
    List<Vector> vectors = new ArrayList<>();
    map(before)
        .forEachDifference(
            map(after), (number, was, is) -> vectors.add(new Vector(number, was, is)));
    return List.copyOf(vectors);
  }

  private static VectorMap map(@Nullable DeviceState state) {
    return state == null ? VectorMap.EMPTY : state.interrupts().vectors();
  }

  private static VectorCounts counts(@Nullable DeviceState state) {
    return state == null ? VectorCounts.ZERO : state.counts();
  }

  private static @Nullable DeviceState state(@Nullable FoldedState folded) {
    return folded == null ? null : folded.state();
  }
}

package dev.irqledger.agent.sysfs;

import dev.irqledger.core.device.Bdf;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Tells which armed vectors do not fire, from counts over time. Asks no clock. One thread uses it
 * at a time.
 */
public final class IdleWatch {
  private static final Comparator<IdleVector> LONGEST_FIRST =
      Comparator.comparing(IdleVector::since)
          .thenComparing(IdleVector::device)
          .thenComparingInt(IdleVector::vector);

  private final Map<Bdf, Watched> devices = new HashMap<>();

  /** A device's vectors when they were last counted. */
  private record Watched(Instant at, Map<Integer, IdleVector> vectors) {}

  /**
   * Takes a device's counts. A vector that is not among them is armed no more and forgotten; one
   * that is new, has another irq, or another count than before, is watched from now on.
   *
   * @param at when they were read, not before the time of those before
   */
  public void counted(Bdf device, List<VectorCount> counts, Instant at) {
    Watched before = devices.getOrDefault(device, new Watched(at, Map.of()));
    Map<Integer, IdleVector> vectors = new HashMap<>();
    for (VectorCount count : counts) {
      IdleVector known = before.vectors.get(count.vector());
      boolean rests = known != null && known.irq() == count.irq() && known.count() == count.count();
      Instant since = rests ? Objects.requireNonNull(known).since() : at;
      vectors.put(
          count.vector(),
          new IdleVector(device, count.vector(), count.irq(), count.count(), since));
    }
    devices.put(device, new Watched(at, vectors));
  }

  /** Forgets a device that is watched no more. */
  public void forget(Bdf device) {
    devices.remove(device);
  }

  /**
   * The vectors that did not fire for that long before they were last counted, the longest idle
   * first; none that was counted once only.
   */
  public List<IdleVector> idle(Duration atLeast) {
    return devices.values().stream()
        .flatMap(watched -> idle(watched, atLeast))
        .sorted(LONGEST_FIRST)
        .toList();
  }

  private static Stream<IdleVector> idle(Watched watched, Duration atLeast) {
    return watched.vectors.values().stream()
        .filter(vector -> vector.since().isBefore(watched.at))
        .filter(vector -> !vector.since().plus(atLeast).isAfter(watched.at));
  }
}

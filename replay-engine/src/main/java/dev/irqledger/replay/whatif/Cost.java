package dev.irqledger.replay.whatif;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.Phase;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a cache saves, by the log's own measurements: the calls that allocated irqs in a mode that
 * was in use, and the calls that armed cached ones again.
 */
public final class Cost {
  private final Latencies allocating = new Latencies();
  private final Latencies rearming = new Latencies();
  private long allocatedAgain;

  void note(InterruptEvent event, List<Change> changes, int again) {
    allocatedAgain += again;
    if (event.body() instanceof InterruptsSet set
        && changes.stream().noneMatch(Change.ModeChanged.class::isInstance)) {
      int allocated = count(changes, Phase.FREE);
      int rearmed = count(changes, Phase.CACHED);
      allocating.note(set.latencyNanos(), allocated);
      rearming.note(allocated == 0 ? set.latencyNanos() : 0, rearmed);
    }
  }

  /** How many vectors got an irq or a trigger that were in that phase before. */
  private static int count(List<Change> changes, Phase from) {
    int count = 0;
    for (Change change : changes) {
      if (change instanceof Change.VectorChanged(_, var before, var after) && after != null) {
        Phase was = before == null ? Phase.FREE : before.phase();
        count += was == from && (was == Phase.FREE || after.armed()) ? 1 : 0;
      }
    }
    return count;
  }

  /** All of them together. */
  public static Cost sum(Collection<Cost> costs) {
    Cost sum = new Cost();
    for (Cost each : costs) {
      sum.allocating.add(each.allocating);
      sum.rearming.add(each.rearming);
      sum.allocatedAgain += each.allocatedAgain;
    }
    return sum;
  }

  /** How many irqs would have been allocated while the log's device still had them. */
  public long allocatedAgain() {
    return allocatedAgain;
  }

  /** Calls of the log that allocated irqs one by one. */
  public Latencies allocating() {
    return allocating;
  }

  /** Calls of the log that armed cached vectors again, and allocated nothing. */
  public Latencies rearming() {
    return rearming;
  }

  /**
   * What the allocations would have taken, in nanoseconds: each the median of those measured. Empty
   * where some would have been needed and none was measured.
   */
  public OptionalLong estimateNanos() {
    OptionalLong median = allocating.medianNanos();
    if (allocatedAgain == 0) {
      return OptionalLong.of(0);
    }
    return median.isEmpty() ? median : OptionalLong.of(allocatedAgain * median.getAsLong());
  }
}

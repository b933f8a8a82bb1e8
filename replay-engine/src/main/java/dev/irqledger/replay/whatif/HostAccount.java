package dev.irqledger.replay.whatif;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.HostTotals;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.core.whatif.HostModel;
import dev.irqledger.core.whatif.PoolSizes;
import dev.irqledger.core.whatif.Step;
import dev.irqledger.replay.LogRecord;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Both histories of one host, side by side. */
public final class HostAccount {
  private final HostModel model;
  private final Map<Level, Peak> peaks = new HashMap<>();
  private final Map<Side, Peak> idle = new EnumMap<>(Side.class);
  private final Shortages shortages = new Shortages();
  private final Cost cost = new Cost();
  private @Nullable Mark parting;

  HostAccount(HostModel model) {
    this.model = model;
  }

  private record Level(Side side, Pool pool) {}

  void begin(DeviceState state) {
    model.begin(state);
    raisePeaks(null);
  }

  void take(LogRecord record, InterruptEvent event, Folded folded) {
    Step step = model.take(event, folded);
    Mark mark = new Mark(record.position(), event);
    raisePeaks(mark);
    shortages.note(mark, step);
    if (folded.applied()) {
      cost.note(event, folded.changes(), step.allocatedAgain());
    }
    if (parting == null && !step.same()) {
      parting = mark;
    }
  }

  private void raisePeaks(@Nullable Mark now) {
    for (Side side : Side.values()) {
      VectorCounts held = totals(side).vectors();
      idle.put(side, idle(side).or(held.cached() + held.reserved(), now));
      for (Pool pool : Pool.values()) {
        int inUse = pool.share(held);
        peaks.put(new Level(side, pool), peak(side, pool).or(inUse, now));
      }
    }
  }

  /** What all devices of the host hold at the end. */
  public HostTotals totals(Side side) {
    return switch (side) {
      case LOG -> model.logged();
      case POLICY -> model.modelled();
    };
  }

  /** The most that was in use of a pool after any event. */
  public Peak peak(Side side, Pool pool) {
    return peaks.getOrDefault(new Level(side, pool), Peak.NONE);
  }

  /** The most irqs without a trigger after any event: what one device takes from the others. */
  public Peak idle(Side side) {
    return idle.getOrDefault(side, Peak.NONE);
  }

  public Shortages shortages() {
    return shortages;
  }

  public Cost cost() {
    return cost;
  }

  /** The first event after which both are not the same any more; null where they always are. */
  public @Nullable Mark parting() {
    return parting;
  }

  /** How large the pools are: as was said, else as far as the log has shown. */
  public PoolSizes sizes() {
    return model.sizes();
  }
}

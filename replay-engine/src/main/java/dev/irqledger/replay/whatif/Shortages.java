package dev.irqledger.replay.whatif;

import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.whatif.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The calls that find a pool empty: all are counted, the first of each kind are kept. */
public final class Shortages {
  /** So many of a kind are kept. */
  static final int MOST_TOLD = 20;

  private final List<Shortage> told = new ArrayList<>();
  private final Map<Shortage.Kind, Long> counts = new EnumMap<>(Shortage.Kind.class);

  void note(Mark at, Step step) {
    Pool logged = step.loggedShort();
    Pool now = step.nowShort();
    if (logged != null) {
      add(new Shortage(at, now == null ? Shortage.Kind.AVOIDED : Shortage.Kind.KEPT, logged));
    } else if (now != null) {
      add(new Shortage(at, Shortage.Kind.CAUSED, now));
    }
    step.copiesShort().forEach(pool -> add(new Shortage(at, Shortage.Kind.OF_ADDED, pool)));
  }

  private void add(Shortage shortage) {
    if (counts.merge(shortage.kind(), 1L, Long::sum) <= MOST_TOLD) {
      told.add(shortage);
    }
  }

  public long count(Shortage.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** How many one of the histories has, those of added devices not counted. */
  public long count(Side side) {
    return count(Shortage.Kind.KEPT)
        + count(
            switch (side) {
              case LOG -> Shortage.Kind.AVOIDED;
              case POLICY -> Shortage.Kind.CAUSED;
            });
  }

  /** The first of each kind, in the log's order. */
  public List<Shortage> told() {
    return List.copyOf(told);
  }
}

package dev.irqledger.simulation.fate;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * All that decides a run: the chance of the step that is being made, and which faults there are.
 */
public final class Fate {
  private final Set<Fault> off;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private Chance chance;
  private boolean calm;

  /**
   * @param off faults that never strike; nothing else of the run changes for it
   */
  public Fate(Chance first, Set<Fault> off) {
    this.chance = first;
    this.off = off.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(off);
  }

  /** That of the step that is being made. */
  public Chance chance() {
    return chance;
  }

  /** Another step begins, perhaps within one. */
  public Chance during(Chance step) {
    Chance before = chance;
    chance = step;
    return before;
  }

  /** From here on no fault strikes. */
  public void calmDown() {
    calm = true;
  }

  /** Whether that fault strikes now, as it does once in so many times. */
  public boolean strikes(Fault fault, int onceIn) {
    return chance.oneIn(onceIn) && !calm && !off.contains(fault);
  }

  /** It struck. */
  public void count(Fault fault) {
    counts.merge(fault, 1, Integer::sum);
  }

  public Map<Fault, Integer> counts() {
    return counts;
  }
}

package dev.irqledger.simulation;

import dev.irqledger.simulation.Run.Failure;
import dev.irqledger.simulation.Run.Outcome;
import dev.irqledger.simulation.fate.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Makes a failing run smaller, as long as it fails alike: fewer kinds of faults, and fewer steps by
 * delta debugging (Zeller and Hildebrandt, 2002). Steps draw their chances each by itself, so what
 * is left out changes no other step's.
 */
final class Shrinker {
  private static final int MOST_RUNS = 600;

  private final String kind;
  private Outcome smallest;
  private int runs;

  private Shrinker(Outcome failed, Failure failure) {
    this.smallest = failed;
    this.kind = failure.kind();
  }

  /** The smallest run that was found to fail alike. */
  static Outcome shrink(Outcome failed) {
    Failure failure = failed.failure();
    if (failure == null) {
      return failed;
    }
    Shrinker shrinker = new Shrinker(failed, failure);
    shrinker.cutOffTheEnd(failure);
    shrinker.leaveOutFaults();
    shrinker.leaveOutSteps();
    return shrinker.smallest;
  }

  private boolean failsAlike(List<Integer> steps, Set<Fault> off) {
    if (runs++ >= MOST_RUNS) {
      return false;
    }
    Outcome outcome = new Run(smallest.run().seed(), steps, off).make();
    Failure failure = outcome.failure();
    boolean alike = failure != null && failure.kind().equals(kind);
    if (alike) {
      smallest = outcome;
    }
    return alike;
  }

  private void cutOffTheEnd(Failure failure) {
    if (failure.step() >= 0) {
      List<Integer> steps = smallest.run().steps();
      int end = steps.indexOf(failure.step()) + 1;
      var _ = failsAlike(steps.subList(0, end), smallest.run().off());
    }
  }

  private void leaveOutFaults() {
    for (Fault fault : Fault.values()) {
      Set<Fault> off = EnumSet.of(fault);
      off.addAll(smallest.run().off());
      var _ = failsAlike(smallest.run().steps(), off);
    }
  }

  private void leaveOutSteps() {
    int chunk = Math.max(1, smallest.run().steps().size() / 2);
    while (runs < MOST_RUNS) {
      boolean any = false;
      for (int from = 0; from < smallest.run().steps().size() && runs < MOST_RUNS; ) {
        List<Integer> fewer = new ArrayList<>(smallest.run().steps());
        fewer.subList(from, Math.min(fewer.size(), from + chunk)).clear();
        if (failsAlike(fewer, smallest.run().off())) {
          any = true;
        } else {
          from += chunk;
        }
      }
      if (chunk == 1 && !any) {
        return;
      }
      chunk = Math.max(1, chunk / 2);
    }
  }
}

package dev.irqledger.replay.verify;

import java.util.ArrayList;
import java.util.List;

/** What was found that must not be: the first of it, and how much it is. */
final class Faults {
  /** So many are told one by one; all are counted. */
  private static final int MOST_TOLD = 100;

  private final List<Fault> told = new ArrayList<>();
  private long count;

  void add(Fault fault) {
    count++;
    if (told.size() < MOST_TOLD) {
      told.add(fault);
    }
  }

  List<Fault> told() {
    return List.copyOf(told);
  }

  long count() {
    return count;
  }
}

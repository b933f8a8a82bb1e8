package dev.irqledger.agent.observe;

import dev.irqledger.agent.observe.Coverage.Blind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The blind intervals of one run, bounded: of very many, the eldest are told as one. */
final class BlindTimes {
  static final int MOST = 100;

  private final List<Blind> intervals = new ArrayList<>();

  synchronized void add(long fromMicros, long toMicros, String reason) {
    if (intervals.size() == MOST) {
      Blind first = intervals.removeFirst();
      Blind second = intervals.removeFirst();
      intervals.addFirst(new Blind(first.fromMicros(), second.toMicros(), "several losses"));
    }
    intervals.add(new Blind(Math.min(fromMicros, toMicros), OptionalLong.of(toMicros), reason));
  }

  synchronized List<Blind> intervals() {
    return List.copyOf(intervals);
  }
}

package dev.irqledger.simulation.host;

import dev.irqledger.simulation.fate.Chance;
import java.util.List;

/** Operations as op files have them: mostly what monitors do, with nonsense among it. */
final class Operations {
  private static final List<String> NONSENSE =
      List.of(
          "set 9 0 1 none trigger",
          "set 2 4000 1 eventfd trigger e0",
          "set 1 0 2 bool mask 1,1",
          "set 0 0 1 none mask",
          "set 3 0 2 eventfd trigger e1,e2",
          "set 2 0 0 eventfd trigger",
          "set 4294967295 0 1 none trigger");

  private static final List<String> OTHERS =
      List.of(
          "set 2 0 0 none trigger",
          "set 1 0 0 none trigger",
          "set 0 0 1 eventfd trigger e5",
          "set 0 0 0 none trigger",
          "set 3 0 1 eventfd trigger e6",
          "set 4 0 1 eventfd trigger e7",
          "set 3 0 1 eventfd trigger -1",
          "set 2 0 4 none trigger",
          "set 1 0 1 none trigger");

  private Operations() {}

  /** An operation on a device that is not open, mostly to open it. */
  static String first(Chance chance) {
    return chance.oneIn(6) ? next(chance) : "open";
  }

  /** An operation on a device that is open. */
  static String next(Chance chance) {
    int dice = chance.below(100);
    if (dice < 62) {
      return block(chance, chance.oneIn(5) ? 1 : 2);
    }
    if (dice < 74) {
      return "set 2 0 0 none trigger";
    }
    if (dice < 80) {
      return "reset";
    }
    if (dice < 85) {
      return "close";
    }
    if (dice < 95) {
      return chance.oneOf(OTHERS);
    }
    return dice < 98 ? chance.oneOf(NONSENSE) : "open";
  }

  private static String block(Chance chance, int index) {
    int start = chance.oneIn(2) ? 0 : chance.below(7);
    int count = 1 + chance.below(5);
    StringBuilder fds = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fds.append(i == 0 ? "" : ",").append(descriptor(chance));
    }
    return "set %d %d %d eventfd trigger %s".formatted(index, start, count, fds);
  }

  private static String descriptor(Chance chance) {
    int dice = chance.below(20);
    if (dice < 13) {
      return "e" + chance.below(12);
    }
    if (dice < 18) {
      return "-1";
    }
    return dice == 18 ? "b" : "s";
  }
}

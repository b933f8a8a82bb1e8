package dev.irqledger.service.cli;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name that somebody may have meant. */
final class Nearest {
  private Nearest() {}

  /** The one that takes the fewest insertions, deletions and replacements (Levenshtein). */
  static String to(String meant, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt((String name) -> distance(meant, name)))
        .orElseThrow();
  }

  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[b.length()];
  }
}

package dev.irqledger.core.policy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The breaches of one holder that were found and still last, so that each is found once.
 *
 * @param open the limit that is broken, by what it limits
 */
public record Standing(SortedMap<String, Long> open) {
  /** Nothing is broken. */
  public static final Standing CLEAN = new Standing(Collections.emptySortedMap());

  public Standing {
    open = Collections.unmodifiableSortedMap(new TreeMap<>(open));
  }

  public boolean clean() {
    return open.isEmpty();
  }

  /** With that breach at that limit; null ends it. */
  public Standing with(String breach, @Nullable Long limit) {
    SortedMap<String, Long> changed = new TreeMap<>(open);
    if (limit == null) {
      changed.remove(breach);
    } else {
      changed.put(breach, limit);
    }
    return new Standing(changed);
  }

  /**
   * The breaches that have just begun.
   *
   * @param now those that there are now. One whose limit is another than before begins anew.
   */
  public SortedMap<String, Long> begun(SortedMap<String, Long> now) {
    SortedMap<String, Long> begun = new TreeMap<>(now);
    begun.entrySet().removeIf(breach -> breach.getValue().equals(open.get(breach.getKey())));
    return begun;
  }
}

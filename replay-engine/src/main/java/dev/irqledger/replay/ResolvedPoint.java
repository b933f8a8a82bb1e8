package dev.irqledger.replay;

import dev.irqledger.core.point.Point;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A point, resolved once and for all partitions together.
 *
 * @param last the last record included, for every partition of the log; -1 for none
 */
public record ResolvedPoint(SortedMap<Integer, Long> last) {
  public ResolvedPoint {
    last = Collections.unmodifiableSortedMap(new TreeMap<>(last));
  }

  /** The text that names exactly these records again. */
  public String token() {
    return new Point.Offsets(last).token();
  }

  /** How many partitions the log has. */
  public int partitions() {
    return last.size();
  }
}

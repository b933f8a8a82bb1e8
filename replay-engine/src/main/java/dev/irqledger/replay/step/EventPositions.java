package dev.irqledger.replay.step;

import java.util.Arrays;
import java.util.BitSet;

/** Where the events of a device are in their partition: eight bytes and a bit for each. */
final class EventPositions {
  private long[] offsets = new long[1024];
  private final BitSet violations = new BitSet();
  private int count;

  /**
   * Adds the next event.
   *
   * @param offset greater than the one before
   * @param violates whether it breaks a rule
   */
  void add(long offset, boolean violates) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.multiplyExact(count, 2));
    }
    offsets[count] = offset;
    violations.set(count, violates);
    count++;
  }

  int count() {
    return count;
  }

  long offset(int index) {
    return offsets[index];
  }

  /** The last event at that offset or before it, -1 where there is none. */
  int atOrBefore(long offset) {
    int found = Arrays.binarySearch(offsets, 0, count, offset);
    return found >= 0 ? found : -found - 2;
  }

  /** The first violating event after that one, -1 where there is none. */
  int violationAfter(int index) {
    return violations.nextSetBit(index + 1);
  }

  /** The last violating event before that one, -1 where there is none. */
  int violationBefore(int index) {
    return index == 0 ? -1 : violations.previousSetBit(index - 1);
  }
}

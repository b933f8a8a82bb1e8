package dev.irqledger.core.state;

import dev.irqledger.core.event.EventHash;
import java.util.Arrays;

/**
 * The first eight bytes of the hashes of the latest events that were folded, newest first: enough
 * to tell a plain redelivery from an event with the same number and other content. Bounded: what is
 * older than {@link #WINDOW} events cannot be told apart any more.
 */
public final class RecentHashes {
  /** How many events are remembered. */
  public static final int WINDOW = 16;

  public static final RecentHashes NONE = new RecentHashes(new long[0]);

  private final long[] newestFirst;

  private RecentHashes(long[] newestFirst) {
    this.newestFirst = newestFirst;
  }

  /** Of stored values, newest first; what exceeds the window is dropped. */
  public static RecentHashes of(long... newestFirst) {
    return new RecentHashes(Arrays.copyOf(newestFirst, Math.min(WINDOW, newestFirst.length)));
  }

  public boolean contains(EventHash hash) {
    for (long recent : newestFirst) {
      if (recent == hash.a()) {
        return true;
      }
    }
    return false;
  }

  /** With one more, the oldest forgotten where the window is full. */
  public RecentHashes plus(EventHash hash) {
    int length = Math.min(WINDOW, newestFirst.length + 1);
    long[] next = new long[length];
    next[0] = hash.a();
    System.arraycopy(newestFirst, 0, next, 1, length - 1);
    return new RecentHashes(next);
  }

  public int size() {
    return newestFirst.length;
  }

  /** Newest first. */
  public long[] toArray() {
    return newestFirst.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof RecentHashes other && Arrays.equals(newestFirst, other.newestFirst);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(newestFirst);
  }

  @Override
  public String toString() {
    return "RecentHashes[" + newestFirst.length + "]";
  }
}

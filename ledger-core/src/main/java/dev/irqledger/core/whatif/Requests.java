package dev.irqledger.core.whatif;

import dev.irqledger.core.device.Errno;
import java.util.HashMap;
import java.util.Map;

/** What the log tells of one pool during one call: who got something of it, and who did not. */
final class Requests {
  private final Map<Integer, Integer> grantedAt = new HashMap<>();
  private int shown;
  private int denied = KnownPool.UNBOUNDED;

  /**
   * A vector asked for its share.
   *
   * @param inUse how much was in use on the host at that moment
   * @param answer what it was told: a negated errno, or anything else where it got it
   */
  void note(int vector, int inUse, int answer) {
    if (answer >= 0) {
      grantedAt.put(vector, inUse);
      showed(inUse + 1);
    } else if (answer == Errno.ENOSPC.result()) {
      denied = inUse;
    }
  }

  /** The pool had so much, or more. */
  void showed(int least) {
    shown = Math.max(shown, least);
  }

  /** The pool had no more than that. */
  void ranOutAt(int inUse) {
    denied = inUse;
  }

  /** Whether the log shows that a vector got its share while as much was in use, or more. */
  boolean granted(int vector, int inUse) {
    Integer then = grantedAt.get(vector);
    return then != null && inUse <= then;
  }

  /** The size that a pool has after this call, as far as the log knows. */
  int size(int before) {
    if (denied != KnownPool.UNBOUNDED) {
      return denied;
    }
    return Math.max(before, shown);
  }
}

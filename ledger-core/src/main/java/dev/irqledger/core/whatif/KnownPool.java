package dev.irqledger.core.whatif;

import org.jspecify.annotations.Nullable;

/**
 * How large one pool of a host is. Where nobody said it, the log tells: when a call found the pool
 * empty it was as large as what was in use, and whoever gets something later shows that it has
 * grown since, by what the host's own drivers gave back. Before the first such call no end of it is
 * known.
 */
final class KnownPool {
  static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final Requests NONE = new Requests();

  private final @Nullable Integer given;
  private int logged = UNBOUNDED;

  KnownPool(@Nullable Integer given) {
    this.given = given;
  }

  /** Takes in what a call of the log shows. */
  Room after(Requests requests) {
    logged = requests.size(logged);
    return given == null ? new Room(logged, requests) : new Room(given, NONE);
  }

  int logged() {
    return logged;
  }

  /** Its size, null where nobody said it and nothing ran out. */
  @Nullable Integer size() {
    if (given != null) {
      return given;
    }
    return logged == UNBOUNDED ? null : Integer.valueOf(logged);
  }

  /**
   * The pool during one call.
   *
   * @param size how much it has
   * @param requests what the same call was granted in the log, which the size never contradicts
   */
  record Room(int size, Requests requests) {
    /** Whether a vector gets its share while so much is in use. */
    boolean has(int vector, int inUse) {
      return inUse < size || requests.granted(vector, inUse);
    }

    int free(int inUse) {
      return Math.max(0, size - inUse);
    }
  }
}

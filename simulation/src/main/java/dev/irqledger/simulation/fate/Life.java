package dev.irqledger.simulation.fate;

/**
 * The life of an agent's process. Wherever it touches the world outside, it may end; and once it
 * has ended, nothing that still runs of it touches anything.
 */
public final class Life {
  /** What the process is about. */
  public enum Work {
    IDLE,
    TAKING_OVER,
    OPERATION,
    WATCHING,
    DRAINING
  }

  /** Where a process touches the world. */
  public enum Place {
    COMMIT_BEGINS,
    COMMITTED,
    CALL,
    CALLED,
    SEND,
    AWAITING,
    ACKNOWLEDGED
  }

  private static final int NEVER = -1;

  private final Fate fate;
  private final Runnable kernelCloses;
  private Work work = Work.IDLE;
  private boolean called;
  private boolean acknowledged;
  private int left = NEVER;
  private boolean dead;
  private boolean buried;

  /**
   * @param kernelCloses what the kernel does with the descriptors of a process that ends
   */
  public Life(Fate fate, Runnable kernelCloses) {
    this.fate = fate;
    this.kernelCloses = kernelCloses;
  }

  public boolean dead() {
    return dead;
  }

  /** A piece of the process's work. */
  @FunctionalInterface
  public interface Piece {
    void run() throws InterruptedException;
  }

  /**
   * Does a piece of work. It may end in the process's death, which is not told here.
   *
   * @param diesIn at which touch of the world it dies, counted from 0; negative for never
   */
  public void during(Work kind, int diesIn, Piece piece) {
    Work outer = work;
    boolean outerCalled = called;
    boolean outerAcknowledged = acknowledged;
    int outerLeft = left;
    work = kind;
    called = false;
    acknowledged = false;
    left = diesIn;
    try {
      piece.run();
    } catch (Death e) {
      if (!dead) {
        throw e; // of another process: whose work this one runs within
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a simulation", e);
    } finally {
      work = outer;
      called = outerCalled;
      acknowledged = outerAcknowledged;
      left = outerLeft;
    }
  }

  /** Touches the world; that may be the end. */
  public void touch(Place place) {
    if (buried) {
      return;
    }
    if (dead) {
      throw new Death();
    }
    if (left != NEVER && left-- == 0) {
      die(cause(place));
      throw new Death();
    }
    called |= place == Place.CALLED;
    acknowledged |= place == Place.ACKNOWLEDGED;
  }

  /** Whether the next touch is the last one. */
  public boolean diesNext() {
    return !dead && left == 0;
  }

  /** It dies while it touches nothing. */
  public void die(Fault how) {
    if (!dead) {
      dead = true;
      fate.count(how);
      kernelCloses.run();
    }
  }

  /** It ends for a reason that is no fault of its own, such as its host's. */
  public void end() {
    dead = true;
  }

  /** What it leaves may be cleared away: touches go through, and reach nothing that counts. */
  public void bury() {
    buried = true;
  }

  private Fault cause(Place place) {
    return switch (work) {
      case IDLE -> Fault.KILLED_IDLE;
      case TAKING_OVER -> Fault.KILLED_TAKING_OVER;
      case WATCHING -> Fault.KILLED_WATCHING;
      case OPERATION -> inOperation(place);
      case DRAINING -> inDrain(place);
    };
  }

  private Fault inOperation(Place place) {
    if (!called) {
      return place == Place.COMMIT_BEGINS ? Fault.KILLED_BEFORE_INTENT : Fault.KILLED_AFTER_INTENT;
    }
    return place == Place.COMMITTED ? Fault.KILLED_AFTER_OUTCOME : Fault.KILLED_AFTER_CALL;
  }

  private Fault inDrain(Place place) {
    return switch (place) {
      case SEND -> Fault.KILLED_PUBLISHING;
      case COMMITTED -> Fault.KILLED_AFTER_TRIM;
      case COMMIT_BEGINS, ACKNOWLEDGED, CALL, CALLED -> Fault.KILLED_BEFORE_TRIM;
      case AWAITING -> acknowledged ? Fault.KILLED_BEFORE_TRIM : Fault.KILLED_BEFORE_ACK;
    };
  }
}

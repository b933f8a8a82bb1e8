package dev.irqledger.core.device;

/**
 * How a trigger's file descriptor is written down. Numbers from 0 are descriptors of the process
 * that made the call. {@link #NONE} removes a trigger, as every negative number does in the kernel.
 * Two numbers far from any descriptor stand for what an observer could not see.
 */
public final class Eventfd {
  /** No trigger. */
  public static final int NONE = -1;

  /** An eventfd whose number was not seen: a trigger is there. */
  public static final int SOME = Integer.MIN_VALUE;

  /** Not seen at all: a descriptor or -1. */
  public static final int UNSEEN = Integer.MIN_VALUE + 1;

  private Eventfd() {}

  /** True where the number gives a trigger, or may give one. */
  public static boolean mayArm(int fd) {
    return fd >= 0 || fd == SOME || fd == UNSEEN;
  }

  /** True where the number is known to remove the trigger. */
  public static boolean removes(int fd) {
    return !mayArm(fd);
  }
}

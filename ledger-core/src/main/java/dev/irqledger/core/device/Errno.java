package dev.irqledger.core.device;

import java.util.OptionalInt;

/**
 * The error numbers that the interrupt calls of vfio-pci return, by their symbolic names ({@code
 * include/uapi/asm-generic/errno*.h}). Results carry them negated.
 */
public enum Errno {
  EPERM(1),
  ENOENT(2),
  EINTR(4),
  EIO(5),
  EBADF(9),
  EAGAIN(11),
  ENOMEM(12),
  EACCES(13),
  EFAULT(14),
  EBUSY(16),
  ENODEV(19),
  EINVAL(22),
  EMFILE(24),
  ENOTTY(25),
  ENOSPC(28),
  ERANGE(34),
  ENOSYS(38);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The number as a call's result: negative. */
  public int result() {
    return -number;
  }

  /** A result in words: {@code 0}, a positive number, {@code -ENOSPC}, or {@code -123}. */
  public static String describe(int result) {
    for (Errno e : values()) {
      if (result == -e.number) {
        return "-" + e.name();
      }
    }
    return Integer.toString(result);
  }

  /** As {@link #describe(int)}; {@code unknown} for a result that nobody saw. */
  public static String describe(OptionalInt result) {
    return result.isPresent() ? describe(result.getAsInt()) : "unknown";
  }
}

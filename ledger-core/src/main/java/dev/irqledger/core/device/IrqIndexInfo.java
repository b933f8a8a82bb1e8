package dev.irqledger.core.device;

/**
 * The answer of {@code VFIO_DEVICE_GET_IRQ_INFO} for one index.
 *
 * @param count how many interrupts the index has: 0 where the device lacks it, {@link #UNKNOWN}
 *     where nobody asked
 * @param flags {@code VFIO_IRQ_INFO_*} bits; meaningless where the count is unknown
 */
public record IrqIndexInfo(int count, int flags) {
  /** The count of an index about which nothing was seen. */
  public static final int UNKNOWN = -1;

  /** {@code VFIO_IRQ_INFO_EVENTFD}: the index signals through eventfds. */
  public static final int EVENTFD = 1;

  /** {@code VFIO_IRQ_INFO_MASKABLE}. */
  public static final int MASKABLE = 2;

  /** {@code VFIO_IRQ_INFO_AUTOMASKED}. */
  public static final int AUTOMASKED = 4;

  /** {@code VFIO_IRQ_INFO_NORESIZE}: the set of vectors cannot grow while the mode lasts. */
  public static final int NORESIZE = 8;

  public static final IrqIndexInfo UNSEEN = new IrqIndexInfo(UNKNOWN, 0);

  public boolean known() {
    return count != UNKNOWN;
  }

  public boolean noresize() {
    return (flags & NORESIZE) != 0;
  }
}

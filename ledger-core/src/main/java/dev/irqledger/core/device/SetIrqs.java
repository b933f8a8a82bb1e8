package dev.irqledger.core.device;

import static dev.irqledger.core.device.IrqSetFlags.ACTIONS;
import static dev.irqledger.core.device.IrqSetFlags.ACTION_TRIGGER;
import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;
import static dev.irqledger.core.device.IrqSetFlags.DATA_NONE;
import static dev.irqledger.core.device.IrqSetFlags.DATA_TYPES;

/**
 * The arguments of {@code VFIO_DEVICE_SET_IRQS}, sent as they stand: nonsense included, for the
 * kernel to refuse.
 *
 * @param index the interrupt index, an unsigned 32-bit value
 * @param start the first interrupt, an unsigned 32-bit value
 * @param count how many, an unsigned 32-bit value
 * @param flags one data type and one action of {@link IrqSetFlags}
 * @param data what follows the header
 */
public record SetIrqs(long index, long start, long count, int flags, IrqSetData data)
    implements VfioCall {
  private static final long U32_MAX = 0xFFFF_FFFFL;

  /**
   * @throws IllegalArgumentException if a number does not fit in 32 bits
   */
  public SetIrqs {
    if ((index | start | count) < 0 || index > U32_MAX || start > U32_MAX || count > U32_MAX) {
      throw new IllegalArgumentException(
          "index, start and count are unsigned 32-bit values: "
              + index
              + " "
              + start
              + " "
              + count);
    }
  }

  /** Assigns triggers to {@code fds.length} interrupts from {@code start} on. */
  public static SetIrqs triggers(IrqIndex index, int start, int... fds) {
    return new SetIrqs(
        index.number(),
        start,
        fds.length,
        DATA_EVENTFD | ACTION_TRIGGER,
        new IrqSetData.Eventfds(fds));
  }

  /** Disables the index: every trigger is removed and all its irqs are freed. */
  public static SetIrqs disable(IrqIndex index) {
    return new SetIrqs(index.number(), 0, 0, DATA_NONE | ACTION_TRIGGER, IrqSetData.NONE);
  }

  /** Whether it asks to disable its index, as {@link #disable} does. */
  public boolean disables() {
    return count == 0 && dataIs(DATA_NONE) && action() == ACTION_TRIGGER;
  }

  public int dataType() {
    return flags & DATA_TYPES;
  }

  public int action() {
    return flags & ACTIONS;
  }

  public boolean dataIs(int type) {
    return dataType() == type;
  }

  /**
   * The descriptor for the {@code i}-th interrupt of the call, {@link Eventfd#NONE} where the data
   * holds none.
   */
  public int fd(int i) {
    return data instanceof IrqSetData.Eventfds fds && i < fds.length() ? fds.at(i) : Eventfd.NONE;
  }
}

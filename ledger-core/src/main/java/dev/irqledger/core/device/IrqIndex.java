package dev.irqledger.core.device;

import org.jspecify.annotations.Nullable;

/**
 * The interrupt indexes of a VFIO PCI device, in the kernel's order ({@code VFIO_PCI_*_IRQ_INDEX}
 * in {@code include/uapi/linux/vfio.h}).
 */
public enum IrqIndex {
  INTX(0),
  MSI(1),
  MSIX(2),
  ERR(3),
  REQ(4);

  private static final IrqIndex[] ALL = values();

  private final int number;

  IrqIndex(int number) {
    this.number = number;
  }

  /** How many indexes a PCI device has. */
  public static final int COUNT = ALL.length;

  /** The index of that number (an unsigned 32-bit value), or null where PCI defines none. */
  public static @Nullable IrqIndex of(long number) {
    return number >= 0 && number < ALL.length ? ALL[(int) number] : null;
  }

  /** The number that the system call carries: 0 to 4. */
  public int number() {
    return number;
  }
}

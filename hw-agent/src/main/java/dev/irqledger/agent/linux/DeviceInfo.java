package dev.irqledger.agent.linux;

/**
 * The answer of {@code VFIO_DEVICE_GET_INFO}.
 *
 * @param flags {@code VFIO_DEVICE_FLAGS_*} bits
 * @param regions how many region indexes the device has
 * @param irqs how many interrupt indexes the device has: 5 on PCI
 */
public record DeviceInfo(int flags, int regions, int irqs) {
  /** True for a device of a driver that follows vfio-pci's numbering of indexes. */
  public boolean isPci() {
    return (flags & Uapi.VFIO_DEVICE_FLAGS_PCI) != 0;
  }

  /** True where {@code VFIO_DEVICE_RESET} can do something. */
  public boolean canReset() {
    return (flags & Uapi.VFIO_DEVICE_FLAGS_RESET) != 0;
  }
}

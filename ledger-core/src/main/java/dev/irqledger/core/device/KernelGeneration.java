package dev.irqledger.core.device;

/**
 * The three ways in which vfio-pci kernels treat vectors beyond the enabled range. Told by the
 * kernel's release together with the flag NORESIZE of MSI-X.
 */
public enum KernelGeneration {
  /** Before 6.5: a block or loopback beyond the enabled range is -EINVAL as a whole. */
  LEGACY,
  /** 6.5 and later where MSI-X cannot grow: judged vector by vector, arming beyond is -EINVAL. */
  FIXED,
  /** 6.5 and later with dynamic MSI-X: arming beyond the range allocates an irq. */
  DYNAMIC,
  /** Neither the release nor a telling flag was seen: the history may tell. */
  UNKNOWN;

  /** The generation of a device that was opened on that kernel. */
  public static KernelGeneration of(KernelRelease kernel, IrqIndexInfo msix) {
    if (msix.known() && msix.count() > 0 && !msix.noresize()) {
      return DYNAMIC;
    }
    if (!kernel.known()) {
      return UNKNOWN;
    }
    if (!kernel.atLeast(6, 5)) {
      return LEGACY;
    }
    return msix.known() ? FIXED : UNKNOWN;
  }
}

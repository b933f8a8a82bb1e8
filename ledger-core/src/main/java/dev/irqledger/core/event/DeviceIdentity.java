package dev.irqledger.core.event;

import dev.irqledger.core.device.Bdf;
import org.jspecify.annotations.Nullable;

/**
 * What a device is, as far as the host says.
 *
 * @param pciId vendor and device, such as {@code 1b36:0010}
 * @param iommuGroup the number of its IOMMU group
 * @param iommuUnit the IOMMU whose interrupt-remapping table it uses, such as {@code dmar0}
 * @param physicalFunction for a virtual function, its physical one
 * @param driver the driver it is bound to, such as {@code vfio-pci}
 */
public record DeviceIdentity(
    @Nullable String pciId,
    @Nullable Integer iommuGroup,
    @Nullable String iommuUnit,
    @Nullable Bdf physicalFunction,
    @Nullable String driver) {
  public static final DeviceIdentity UNKNOWN = new DeviceIdentity(null, null, null, null, null);

  /** A device of which only vendor and device are known. */
  public static DeviceIdentity ofPciId(String pciId) {
    return new DeviceIdentity(pciId, null, null, null, null);
  }
}

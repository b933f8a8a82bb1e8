package dev.irqledger.agent.vfio;

import static dev.irqledger.core.device.IrqIndexInfo.AUTOMASKED;
import static dev.irqledger.core.device.IrqIndexInfo.EVENTFD;
import static dev.irqledger.core.device.IrqIndexInfo.MASKABLE;
import static dev.irqledger.core.device.IrqIndexInfo.NORESIZE;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.DeviceIdentity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Devices to put into modelled hosts. All but {@link #NIC} answer as QEMU's device of that name did
 * when real kernels were asked; the NIC is made up.
 */
public enum DevicePreset {
  /** An NVMe controller with a small table. */
  NVME("nvme", "1b36:0010", 0, 32, 1),
  /** An NVMe controller with the largest table that PCI allows. */
  NVME2048("nvme2048", "1b36:0010", 0, 2048, 1),
  /** A network adapter with a vector for each kind of event. */
  E1000E("e1000e", "8086:10d3", 1, 5, 1),
  /** A USB controller with as many vectors in MSI as in MSI-X. */
  XHCI("xhci", "1033:0194", 16, 16, 1),
  /** A teaching device on conventional PCI: one MSI vector, no error interrupt. */
  EDU("edu", "1234:11e8", 1, 0, 0),
  /** A network adapter with a vector for each of 64 queues and one for itself. */
  NIC("nic", "15b3:101e", 0, 65, 1);

  private static final int FIXED = EVENTFD | NORESIZE;

  private final String label;
  private final String pciId;
  private final int msi;
  private final int msix;
  private final int err;

  DevicePreset(String label, String pciId, int msi, int msix, int err) {
    this.label = label;
    this.pciId = pciId;
    this.msi = msi;
    this.msix = msix;
    this.err = err;
  }

  /** The name that command lines use. */
  public String label() {
    return label;
  }

  /** What such a device answers of its indexes on that kernel. */
  public DeviceCapabilities capabilities(KernelRelease kernel) {
    // since 6.5 MSI-X vectors can be added one by one; before, no index could grow
    boolean dynamic = msix > 0 && kernel.atLeast(6, 5);
    return new DeviceCapabilities(
        List.of(
            new IrqIndexInfo(1, EVENTFD | MASKABLE | AUTOMASKED),
            new IrqIndexInfo(msi, FIXED),
            new IrqIndexInfo(msix, dynamic ? EVENTFD : FIXED),
            err > 0 ? new IrqIndexInfo(err, FIXED) : new IrqIndexInfo(0, 0),
            new IrqIndexInfo(1, FIXED)));
  }

  /**
   * Such a device on a host with that kernel.
   *
   * @param iommuGroup the number of its IOMMU group
   */
  public ModelledDevice device(KernelRelease kernel, int iommuGroup) {
    return new ModelledDevice(
        capabilities(kernel),
        new DeviceIdentity(pciId, iommuGroup, HostCapacity.REMAPPING_UNIT, null, "vfio-pci"));
  }

  /**
   * The preset of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists all
   */
  public static DevicePreset ofLabel(String label) {
    for (DevicePreset preset : values()) {
      if (preset.label.equals(label)) {
        return preset;
      }
    }
    throw new IllegalArgumentException(
        "no preset of the name '" + label + "' (there are " + labels() + ")");
  }

  /** All names, with commas between them. */
  public static String labels() {
    return Arrays.stream(values()).map(DevicePreset::label).collect(Collectors.joining(", "));
  }
}

package dev.irqledger.recordings;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.DeviceIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a kernel trace: where and on what it was made.
 *
 * @param line its number, counted from 1
 * @param kernel the release of the kernel that answered
 * @param device the recorder's short name of the device, such as {@code nvme}
 * @param bdf the device's address
 * @param pciId vendor and device as {@code 1b36:0010}; null where the trace does not say
 */
public record TraceHeader(
    long line, KernelRelease kernel, String device, Bdf bdf, @Nullable String pciId)
    implements TraceEntry {

  /** What the trace says of the device's identity. */
  public DeviceIdentity identity() {
    return pciId == null ? DeviceIdentity.UNKNOWN : DeviceIdentity.ofPciId(pciId);
  }
}

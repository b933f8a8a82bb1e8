package dev.irqledger.core.event;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.KernelRelease;

/**
 * The device was opened: no vector is allocated, no mode in use.
 *
 * @param kernel the release of the host's kernel
 * @param capabilities what the device says of its interrupt indexes
 * @param identity what the device is
 */
public record DeviceOpened(
    KernelRelease kernel, DeviceCapabilities capabilities, DeviceIdentity identity)
    implements EventBody {}

package dev.irqledger.core.device;

/**
 * The device's descriptor is obtained, for the first time since its last close.
 *
 * @param kernel the release of the kernel it happens on
 * @param capabilities what the device says of its interrupt indexes
 */
public record OpenDevice(KernelRelease kernel, DeviceCapabilities capabilities)
    implements VfioCall {}

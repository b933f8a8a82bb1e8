package dev.irqledger.core.device;

/** {@code VFIO_DEVICE_RESET}. */
public record ResetDevice() implements VfioCall {}

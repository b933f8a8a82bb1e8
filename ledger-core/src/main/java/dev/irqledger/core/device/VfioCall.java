package dev.irqledger.core.device;

/** The operations on a VFIO device that change or could change its interrupts. */
public sealed interface VfioCall permits OpenDevice, SetIrqs, ResetDevice, CloseDevice {}

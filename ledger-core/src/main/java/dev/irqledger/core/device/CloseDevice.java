package dev.irqledger.core.device;

/** The last descriptor of the device is closed, also by the death of the process that held it. */
public record CloseDevice() implements VfioCall {}

package dev.irqledger.agent.vfio;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.event.DeviceIdentity;

/**
 * A device of a modelled host.
 *
 * @param capabilities what it answers of its interrupt indexes
 * @param identity what the host says it is
 */
public record ModelledDevice(DeviceCapabilities capabilities, DeviceIdentity identity) {}

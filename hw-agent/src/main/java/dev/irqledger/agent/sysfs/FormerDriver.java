package dev.irqledger.agent.sysfs;

import dev.irqledger.core.device.Bdf;
import org.jspecify.annotations.Nullable;

/**
 * How a device was bound before it was bound otherwise.
 *
 * @param driver its driver; null where it had none
 * @param override its {@code driver_override}; null where none was set
 */
public record FormerDriver(Bdf device, @Nullable String driver, @Nullable String override) {}

package dev.irqledger.agent.sysfs;

import dev.irqledger.core.device.Bdf;
import java.time.Instant;

/**
 * An armed vector that does not fire.
 *
 * @param vector its index in the device's table, 0 to 2047
 * @param irq its Linux irq
 * @param count how often it fired since the kernel set the irq up
 * @param since it is known not to have fired from here on
 */
public record IdleVector(Bdf device, int vector, int irq, long count, Instant since) {}

package dev.irqledger.agent.sysfs;

/**
 * How often an armed vector fired.
 *
 * @param vector its index in the device's table, 0 to 2047
 * @param irq its Linux irq
 * @param count interrupts on all CPUs since the kernel set the irq up
 */
public record VectorCount(int vector, int irq, long count) {}

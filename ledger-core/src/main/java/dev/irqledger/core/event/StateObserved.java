package dev.irqledger.core.event;

/**
 * A snapshot of the whole device, taken while no call was in flight.
 *
 * @param view what the kernel shows, of all vectors
 */
public record StateObserved(KernelView view) implements EventBody {}

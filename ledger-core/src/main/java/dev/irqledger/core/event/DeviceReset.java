package dev.irqledger.core.event;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A {@code VFIO_DEVICE_RESET} returned. It releases nothing.
 *
 * @param result 0 or a negated errno; empty where nobody saw
 * @param latencyNanos how long it took; 0 where not known
 * @param after what the kernel shows after it; null where nobody looked
 */
public record DeviceReset(OptionalInt result, long latencyNanos, @Nullable KernelView after)
    implements EventBody {}

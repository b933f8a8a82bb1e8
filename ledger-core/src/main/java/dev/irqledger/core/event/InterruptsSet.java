package dev.irqledger.core.event;

import dev.irqledger.core.device.SetIrqs;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A {@code VFIO_DEVICE_SET_IRQS} returned, successfully or not.
 *
 * @param call its arguments
 * @param result what it returned: 0, a positive number, or a negated errno; empty where nobody saw
 * @param latencyNanos how long it took; 0 where not known
 * @param after what the kernel shows of the touched vectors after it; null where nobody looked
 */
public record InterruptsSet(
    SetIrqs call, OptionalInt result, long latencyNanos, @Nullable KernelView after)
    implements EventBody {}

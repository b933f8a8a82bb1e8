package dev.irqledger.recordings;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.KernelView;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a kernel trace and what the kernel showed after it.
 *
 * @param line its line, counted from 1
 * @param seq the recorder's number for it, from 0
 * @param text the operation as the trace spells it
 * @param op the operation
 * @param ret what the call returned: 0, a positive number, or a negated errno
 * @param ns how long the call took, in nanoseconds; 0 where the trace does not say
 * @param mode the mode in use after it
 * @param irqs the allocated vectors after it, rising. A trace may list them by Linux irq, which is
 *     another order where a vector was added later
 * @param signalled how often each eventfd was signalled since the step before, by its number
 * @param info what the device says of its interrupts; null unless a device was opened
 */
public record TraceStep(
    long line,
    int seq,
    String text,
    Op op,
    int ret,
    long ns,
    InterruptMode mode,
    List<KernelView.Seen> irqs,
    Map<Integer, Long> signalled,
    @Nullable DeviceCapabilities info)
    implements TraceEntry {

  public TraceStep {
    irqs = List.copyOf(irqs);
    signalled = Collections.unmodifiableMap(new TreeMap<>(signalled));
  }
}

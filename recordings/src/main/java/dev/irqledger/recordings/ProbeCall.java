package dev.irqledger.recordings;

import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import java.util.OptionalInt;

/**
 * A call that ended, or of which no end was seen.
 *
 * @param line the line of its entry, counted from 1
 * @param entry its arguments, and who made it
 * @param result 0, a positive number or a negated errno; empty where the return was not seen
 * @param nanos when it ended, by the trace buffer's clock; where no end was seen, when it began
 * @param latencyNanos how long it took; 0 where no end was seen
 * @param release whether it is the kernel's own disable at the device's last close
 */
public record ProbeCall(
    long line,
    ProbeRecord.Entered entry,
    OptionalInt result,
    long nanos,
    long latencyNanos,
    boolean release) {

  /** The call as an event: nobody looked at what the kernel shows after it. */
  public EventBody body() {
    return release
        ? new DeviceReleased(DeviceReleased.Cause.CLOSED, null)
        : new InterruptsSet(entry.call(), result, latencyNanos, null);
  }
}

package dev.irqledger.recordings;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;

/**
 * One operation of a recording. The operations of one device come in the order in which the kernel
 * carried them out; one line may stand for several, or for none.
 *
 * @param line the line that tells of it, counted from 1
 * @param device whose interrupts it is about
 * @param hostTimeMicros the recording's clock in microseconds, 0 where it has none. QEMU's log
 *     counts from 1970, the probe from the host's boot
 * @param actor who made the call, as far as the recording says
 * @param body what happened
 */
public record Operation(long line, Bdf device, long hostTimeMicros, Actor actor, EventBody body)
    implements Parsed {}

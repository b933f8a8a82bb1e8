package dev.irqledger.replay.whatif;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.wire.LogPosition;

/**
 * An event of the log to which something is tied.
 *
 * @param position where it is
 * @param event the event
 */
public record Mark(LogPosition position, InterruptEvent event) {}

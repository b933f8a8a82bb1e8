package dev.irqledger.web.chronicle;

import dev.irqledger.web.Position;

/**
 * A point right after an event.
 *
 * @param position everything up to the event in the order of the log, and nothing behind it
 * @param entry the event
 */
public record Place(Position position, Entry entry) {}

package dev.irqledger.core.state;

/**
 * A time in which a device's state was not certain, and which has ended: an event told how the
 * device stands whatever was before it.
 *
 * @param uncertainty why and since when
 * @param untilEpoch the epoch of the event that ended it
 * @param untilSequence the sequence of that event
 * @param untilMicros the host time of that event, in microseconds since 1970; 0 where not known
 */
public record PastUncertainty(
    Uncertainty uncertainty, long untilEpoch, long untilSequence, long untilMicros) {}

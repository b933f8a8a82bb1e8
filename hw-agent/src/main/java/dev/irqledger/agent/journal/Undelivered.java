package dev.irqledger.agent.journal;

/**
 * An event that the log may not have yet.
 *
 * @param row its place in the journal; later events have greater ones
 * @param epoch the epoch in which it happened
 * @param key the record's key
 * @param value the record's value, as it was sealed; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // carried from the store to the producer, never compared
public record Undelivered(long row, long epoch, String key, byte[] value) {}

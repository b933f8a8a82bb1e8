package dev.irqledger.core.event;

/**
 * The agent did not carry out a request; no interrupt changed.
 *
 * @param reason why, in words for the one who asked
 */
public record CommandRefused(String reason) implements EventBody {}

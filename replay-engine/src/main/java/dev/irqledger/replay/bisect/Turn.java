package dev.irqledger.replay.bisect;

import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogRecord;

/**
 * Where a condition became true.
 *
 * @param before the states before the event
 * @param after the states after it
 * @param record the event as it is stored
 * @param states how many times the states were computed, from a checkpoint on or from the beginning
 * @param scanned how many records were looked at one by one; 0 for a binary search
 */
public record Turn(Image before, Image after, LogRecord record, long states, long scanned) {}

package dev.irqledger.wire;

/**
 * A record of {@code irq.events}.
 *
 * @param partition its partition, from 0
 * @param offset its offset, from 0
 * @param logTimeMs the broker's append time, milliseconds since 1970
 */
public record LogPosition(int partition, long offset, long logTimeMs) {
  /** Before the first record. */
  public static final LogPosition START = new LogPosition(-1, -1, -1);
}

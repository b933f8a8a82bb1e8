package dev.irqledger.service.pressure;

import dev.irqledger.core.state.VectorCounts;

/**
 * How far one pool of a host is filled by passthrough devices.
 *
 * @param held what they hold now, by phase
 * @param highWater the most that they ever held together
 * @param highWaterAtMs log time of the record that brought the high-water mark, milliseconds since
 *     1970; 0 where they never held anything
 */
public record Level(VectorCounts held, int highWater, long highWaterAtMs) {
  /** Nothing was ever held. */
  public static final Level EMPTY = new Level(VectorCounts.ZERO, 0, 0);

  /**
   * The level after a device held {@code after} instead of {@code before}: one step, so that what
   * is given up and what is taken at once never stand in the pool together.
   */
  Level moved(VectorCounts before, VectorCounts after, long atMs) {
    VectorCounts now = held.minus(before).plus(after);
    return now.allocated() > highWater
        ? new Level(now, now.allocated(), atMs)
        : new Level(now, highWater, highWaterAtMs);
  }
}

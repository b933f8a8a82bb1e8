package dev.irqledger.replay.whatif;

import org.jspecify.annotations.Nullable;

/**
 * The most that was in use of a pool.
 *
 * @param most how much
 * @param at the event after which it was in use first; null where it was from the beginning on, or
 *     nothing ever was
 */
public record Peak(int most, @Nullable Mark at) {
  static final Peak NONE = new Peak(0, null);

  Peak or(int inUse, @Nullable Mark now) {
    return inUse > most ? new Peak(inUse, now) : this;
  }
}

package dev.irqledger.core.policy;

import org.jspecify.annotations.Nullable;

/**
 * A limit for one holder, or for each one of a scope.
 *
 * @param name the holder's name; {@link #EACH} for each one of the scope that has no budget of its
 *     own
 * @param maxArmed at most so many vectors with a trigger, from 0; null sets no limit
 * @param maxAllocated at most so many vectors with an irq, from 0; null sets no limit
 */
public record Budget(
    Scope scope, String name, @Nullable Integer maxArmed, @Nullable Integer maxAllocated) {
  /** Stands for each holder of a scope. */
  public static final String EACH = "*";

  /** Null where it sets none. */
  public @Nullable Integer limit(Measure measure) {
    return switch (measure) {
      case ARMED -> maxArmed;
      case ALLOCATED -> maxAllocated;
    };
  }
}

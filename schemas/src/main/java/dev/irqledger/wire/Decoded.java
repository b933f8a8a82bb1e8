package dev.irqledger.wire;

import java.util.function.Function;

/**
 * What bytes turned out to be.
 *
 * @param <T> what they were expected to be
 */
public sealed interface Decoded<T> {
  /** They could be read. */
  record Value<T>(T value) implements Decoded<T> {}

  /**
   * They could not.
   *
   * @param reason why, in words, at most {@link #LONGEST_REASON} characters
   */
  record Undecodable<T>(String reason) implements Decoded<T> {
    /** Reasons can quote what they are about: no quote is longer than this. */
    public static final int LONGEST_REASON = 300;

    public Undecodable {
      if (reason.length() > LONGEST_REASON) {
        reason = reason.substring(0, LONGEST_REASON - 3) + "...";
      }
    }
  }

  /** The value turned into another; what cannot be read stays so, with the same reason. */
  default <R> Decoded<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Value<T>(T value) -> new Value<>(change.apply(value));
      case Undecodable<T>(String reason) -> new Undecodable<>(reason);
    };
  }
}

package dev.irqledger.fuzzing.targets;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something does not hold that must. */
public final class Broken extends AssertionError {
  private static final long serialVersionUID = 1L;

  private Broken(String what) {
    super(what);
  }

  /** Fails unless it holds. */
  static void unless(boolean holds, String what) {
    if (!holds) {
      throw new Broken(what);
    }
  }

  /** Fails unless they are equal. */
  static void unlessEqual(@Nullable Object expected, @Nullable Object actual, String what) {
    if (!Objects.equals(expected, actual)) {
      throw new Broken(what + ": expected " + expected + ", not " + actual);
    }
  }
}

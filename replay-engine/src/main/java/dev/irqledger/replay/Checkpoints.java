package dev.irqledger.replay;

import org.jspecify.annotations.Nullable;

/** The checkpoints that a source keeps. */
@FunctionalInterface
public interface Checkpoints {
  /** Keeps none: every fold begins with the first record. */
  Checkpoints NONE = (_, _) -> null;

  /**
   * The latest checkpoint of a partition with nothing in it that is after {@code last}; null where
   * there is none.
   */
  @Nullable Checkpoint latest(int partition, long last);
}

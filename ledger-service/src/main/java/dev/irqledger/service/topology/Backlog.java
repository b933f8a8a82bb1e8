package dev.irqledger.service.topology;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tells whether the service has caught up with the log. What holds now, such as that a vector has
 * no trigger still, can be said only of a state that no waiting event changes.
 */
@FunctionalInterface
public interface Backlog {
  /** There is never anything waiting: for a log that is read as it is written. */
  Backlog NONE = _ -> CompletableFuture.completedStage(true);

  /**
   * Whether all that a partition of {@code irq.events} had at the time of this call is folded and
   * committed. Does not wait for the answer. False, or a failure, where nobody can tell.
   */
  CompletionStage<Boolean> folded(int partition);
}

package dev.irqledger.service.topology;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to which time the states at hand are those of the log's end. The end is asked for only when
 * somebody wants to know, and nobody waits for the answer. Confined to one task.
 */
final class CaughtUp {
  private static final Logger LOG = LoggerFactory.getLogger(CaughtUp.class);

  private final Supplier<CompletableFuture<Boolean>> backlog;
  private @Nullable Asked asked;

  private record Asked(long atMs, CompletableFuture<Boolean> folded) {}

  /**
   * @param backlog whether all events that there are now are folded
   */
  CaughtUp(Supplier<CompletableFuture<Boolean>> backlog) {
    this.backlog = backlog;
  }

  /**
   * The time at which nothing was waiting; empty where that is not known yet, or something was. It
   * is worth asking again later.
   */
  OptionalLong asOf(long nowMs) {
    Asked asking = asked == null ? new Asked(nowMs, backlog.get()) : asked;
    asked = asking.folded.isDone() ? null : asking;
    return asking.folded.isDone() && nothingWaits(asking.folded)
        ? OptionalLong.of(asking.atMs)
        : OptionalLong.empty();
  }

  private static boolean nothingWaits(CompletableFuture<Boolean> folded) {
    if (folded.isCompletedExceptionally()) {
      LOG.warn("what waits in the log is not known: {}", folded.exceptionNow().toString());
      return false;
    }
    return folded.join();
  }
}

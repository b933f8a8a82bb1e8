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

  /** While something waits, the brokers are not asked at every turn. */
  private static final long PAUSE_MS = 1000;

  /** Where nobody answers, it is said, and not all the time. */
  private static final long LONG_PAUSE_MS = 10_000;

  private final Supplier<CompletableFuture<Boolean>> backlog;
  private @Nullable Asked asked;
  private long notBeforeMs;

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
    if (asked == null && nowMs < notBeforeMs) {
      return OptionalLong.empty();
    }
    Asked asking = asked == null ? new Asked(nowMs, backlog.get()) : asked;
    asked = asking.folded.isDone() ? null : asking;
    return asking.folded.isDone() && nothingWaits(asking.folded, nowMs)
        ? OptionalLong.of(asking.atMs)
        : OptionalLong.empty();
  }

  private boolean nothingWaits(CompletableFuture<Boolean> folded, long nowMs) {
    if (folded.isCompletedExceptionally()) {
      LOG.warn("what waits in the log is not known: {}", folded.exceptionNow().toString());
      notBeforeMs = nowMs + LONG_PAUSE_MS;
      return false;
    }
    boolean nothing = folded.join();
    notBeforeMs = nothing ? 0 : nowMs + PAUSE_MS;
    return nothing;
  }
}

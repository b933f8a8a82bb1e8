package dev.irqledger.replay;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds events by their ids. */
@FunctionalInterface
public interface EventIndex {
  /**
   * The first record of that event, null where the source holds none.
   *
   * @throws ReplayException if the index cannot be read
   */
  @Nullable LogRecord find(UUID id);
}

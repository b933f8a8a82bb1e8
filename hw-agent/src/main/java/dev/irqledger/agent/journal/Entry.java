package dev.irqledger.agent.journal;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.PolicyFollower;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the journal is told. Entries of one append are there all together, or not at all. */
public sealed interface Entry {
  /**
   * An operation is about to be made.
   *
   * @param onlyFrees whether all that it can do is to give something back; then it is taken also
   *     where no room is left but that for outcomes
   */
  record Intended(Intent intent, boolean onlyFrees) implements Entry {}

  /**
   * Something happened, and must reach the log.
   *
   * @param settles the intent whose outcome it is, where there was one
   */
  record Happened(SealedEvent event, @Nullable Intent settles) implements Entry {}

  /**
   * A request was taken, and must not be taken again.
   *
   * @param expiresAt when it would be refused anyhow
   */
  record CommandTaken(UUID id, Instant expiresAt) implements Entry {}

  /**
   * A device was taken from its driver, and must be given back.
   *
   * @param former how it was before, in the words of whoever took it
   */
  record Bound(Bdf device, String former) implements Entry {}

  /** A device was given back. */
  record PutBack(Bdf device) implements Entry {}

  /** How the epochs before this boot ended is taken down. */
  record TookOver(String bootId) implements Entry {}

  /** The agent lives, and saw everything up to then. */
  record Alive(Instant at) implements Entry {}

  /** The log is that of this cluster. */
  record LogOf(String clusterId) implements Entry {}

  /**
   * What holds for the host was read.
   *
   * @param key for which host it was written, or {@code *}
   * @param policy null where there is none
   */
  record PolicyRead(String key, PolicyFollower.@Nullable Written policy) implements Entry {}

  /** The log has the events up to that row. */
  record Delivered(long upToRow) implements Entry {}
}

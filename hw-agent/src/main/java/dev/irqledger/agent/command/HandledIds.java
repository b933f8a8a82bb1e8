package dev.irqledger.agent.command;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The requests that were dealt with. One is only forgotten once it has expired, when it would be
 * refused anyhow.
 */
final class HandledIds {
  /** So many are kept without looking for expired ones. */
  private static final int ENOUGH = 10_000;

  private final Map<UUID, Instant> expiries = new HashMap<>();
  private int cleanAt = ENOUGH;

  /**
   * Remembers a request.
   *
   * @return false if it was there already
   */
  boolean add(UUID id, Instant expiresAt, Instant now) {
    if (expiries.size() >= cleanAt) {
      expiries.values().removeIf(expiry -> !now.isBefore(expiry));
      cleanAt = Math.max(ENOUGH, 2 * expiries.size());
    }
    return expiries.putIfAbsent(id, expiresAt) == null;
  }
}

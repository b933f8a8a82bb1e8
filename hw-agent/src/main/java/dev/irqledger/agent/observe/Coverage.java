package dev.irqledger.agent.observe;

import java.util.List;
import java.util.OptionalLong;

/**
 * What an observer can see.
 *
 * @param mode how calls of other processes are seen
 * @param reason why there is no probe, with the remedy; empty where there is one
 * @param blind when calls may have gone unseen although there was a probe, by rising start
 */
public record Coverage(Mode mode, String reason, List<Blind> blind) {
  public Coverage {
    blind = List.copyOf(blind);
  }

  /** How calls of other processes are seen. */
  public enum Mode {
    /** The kernel's probe shows every call. */
    PROBE,
    /** What the kernel shows is looked at from time to time. */
    SNAPSHOTS_ONLY
  }

  /**
   * A time in which calls may have gone unseen; microseconds since 1970-01-01T00:00Z.
   *
   * @param toMicros its end; empty while it lasts
   * @param reason why, in words
   */
  public record Blind(long fromMicros, OptionalLong toMicros, String reason) {}
}

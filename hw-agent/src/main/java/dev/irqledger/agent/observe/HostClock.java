package dev.irqledger.agent.observe;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The host's two clocks.
 *
 * @param wall the time of day
 * @param monoNanos {@code CLOCK_MONOTONIC} in nanoseconds, on Linux that of {@link System#nanoTime}
 */
public record HostClock(Clock wall, LongSupplier monoNanos) {
  public static final HostClock SYSTEM = new HostClock(Clock.systemUTC(), System::nanoTime);

  /** Microseconds since 1970-01-01T00:00Z. */
  long nowMicros() {
    Instant now = wall.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }

  /** The time of day of a moment that is past, by the two clocks as they are now. */
  long microsOf(long nanos) {
    return nowMicros() - Math.max(0, monoNanos.getAsLong() - nanos) / 1000;
  }
}

package dev.irqledger.simulation.fate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes only when somebody says so. The hosts' clocks go by it, each with its error. */
public final class VirtualTime {
  private static final Instant BEGINNING = Instant.parse("2026-11-22T14:34:12Z");

  private long nanos;

  /** Nanoseconds since the beginning of the run. */
  public long nanos() {
    return nanos;
  }

  /** Milliseconds since 1970, as the brokers have it. */
  public long millis() {
    return at(nanos).toEpochMilli();
  }

  public void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** A clock that is wrong by as much as it says at the moment. */
  public InstantSource clock(java.util.function.Supplier<Duration> wrongBy) {
    return () -> at(nanos).plus(wrongBy.get());
  }

  private static Instant at(long nanos) {
    return BEGINNING.plusNanos(nanos);
  }
}

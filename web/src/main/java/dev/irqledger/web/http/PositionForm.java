package dev.irqledger.web.http;

import dev.irqledger.web.Position;
import dev.irqledger.wire.LogPosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of the log an answer reflects.
 *
 * @param point as {@code at} takes it
 * @param logTime the latest log time among what is reflected; null where nothing is
 */
record PositionForm(String point, @Nullable String logTime) {
  static PositionForm of(Position position) {
    return new PositionForm(position.token(), time(position.logTimeMs()));
  }

  static PositionForm of(LogPosition position) {
    return of(Position.of(position));
  }

  /** A time in milliseconds since 1970 as text; null where there is none. */
  static @Nullable String time(long ms) {
    return ms < 0 ? null : Instant.ofEpochMilli(ms).toString();
  }

  /** A host's time in microseconds since 1970 as text; null where not known. */
  static @Nullable String micros(long micros) {
    return micros == 0
        ? null
        : Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000)
            .toString();
  }
}

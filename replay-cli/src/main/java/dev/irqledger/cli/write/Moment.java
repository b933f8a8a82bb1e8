package dev.irqledger.cli.write;

import dev.irqledger.launch.DurationText;
import dev.irqledger.launch.TextConverter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** A time as a command line names it: by itself, or by its distance from now. */
sealed interface Moment {
  /** So far from now. */
  record Distance(Duration length) implements Moment {}

  /** Then. */
  record At(Instant time) implements Moment {}

  /** The time meant, where a distance counts towards the future. */
  default Instant after(Instant now) {
    return switch (this) {
      case Distance(Duration length) -> now.plus(length);
      case At(Instant time) -> time;
    };
  }

  /** The time meant, where a distance counts towards the past. */
  default Instant before(Instant now) {
    return switch (this) {
      case Distance(Duration length) -> now.minus(length);
      case At(Instant time) -> time;
    };
  }

  /**
   * Reads {@code 30s}, or {@code 2026-11-22T14:34:12Z}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  static Moment parse(String text) {
    if (text.indexOf('T') < 0) {
      return new Distance(DurationText.parse(text));
    }
    try {
      return new At(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "not a time: '" + text + "' (write it as 2026-11-22T14:34:12Z)", e);
    }
  }

  final class Converter extends TextConverter<Moment> {
    public Converter() {
      super(Moment::parse);
    }
  }
}

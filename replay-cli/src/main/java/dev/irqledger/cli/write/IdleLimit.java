package dev.irqledger.cli.write;

import dev.irqledger.launch.DurationText;
import dev.irqledger.launch.TextConverter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a vector may keep its irq without a trigger.
 *
 * @param seconds from 1; null sets no limit
 */
record IdleLimit(@Nullable Long seconds) {
  /**
   * Reads {@code 1h}, or {@code none}.
   *
   * @throws IllegalArgumentException if the text is neither, or less than a second
   */
  static IdleLimit parse(String text) {
    if (text.equals("none")) {
      return new IdleLimit(null);
    }
    Duration length = DurationText.parse(text);
    if (length.isZero() || length.toMillisPart() != 0) {
      throw new IllegalArgumentException(
          "an idle limit is whole seconds, 1s or more, or none; not '" + text + "'");
    }
    return new IdleLimit(length.toSeconds());
  }

  static final class Converter extends TextConverter<IdleLimit> {
    public Converter() {
      super(IdleLimit::parse);
    }
  }
}

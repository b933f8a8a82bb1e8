package dev.irqledger.cli.write;

import dev.irqledger.launch.TextConverter;
import dev.irqledger.recordings.PrintableText;
import dev.irqledger.wire.avro.EnforcedAction;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about findings, as a command line names it: {@code over-budget=clear}, {@code
 * idle=disable}, both with a comma, or {@code none} for nothing at all.
 *
 * @param overBudget null where it stays as it is
 * @param idle null where it stays as it is
 */
record EnforceText(@Nullable EnforcedAction overBudget, @Nullable EnforcedAction idle) {
  private static final String OVER_BUDGET = "over-budget=";
  private static final String IDLE = "idle=";
  private static final String FORM =
      "expected over-budget=clear|disable|close|none, idle=disable|close|none, or none";

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if the text is none; the message says what was expected
   */
  static EnforceText parse(String text) {
    if (text.equals("none")) {
      return new EnforceText(EnforcedAction.NONE, EnforcedAction.NONE);
    }
    EnforcedAction overBudget = null;
    EnforcedAction idle = null;
    for (String part : text.split(",", -1)) {
      if (part.startsWith(OVER_BUDGET) && overBudget == null) {
        overBudget = action(part.substring(OVER_BUDGET.length()));
      } else if (part.startsWith(IDLE) && idle == null) {
        idle = action(part.substring(IDLE.length()));
      } else {
        throw new IllegalArgumentException(
            "not to be enforced, or named twice: '"
                + PrintableText.of(part, 80)
                + "' ("
                + FORM
                + ")");
      }
    }
    if (idle == EnforcedAction.CLEAR) {
      throw new IllegalArgumentException(
          "idle=clear does nothing: such vectors have no trigger that could be taken away (write"
              + " idle=disable or idle=close)");
    }
    return new EnforceText(overBudget, idle);
  }

  private static EnforcedAction action(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "none" -> EnforcedAction.NONE;
      case "clear" -> EnforcedAction.CLEAR;
      case "disable" -> EnforcedAction.DISABLE;
      case "close" -> EnforcedAction.CLOSE;
      default ->
          throw new IllegalArgumentException(
              "no action: '" + PrintableText.of(word, 80) + "' (" + FORM + ")");
    };
  }

  static final class Converter extends TextConverter<EnforceText> {
    public Converter() {
      super(EnforceText::parse);
    }
  }
}

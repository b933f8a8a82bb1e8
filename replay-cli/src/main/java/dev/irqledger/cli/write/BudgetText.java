package dev.irqledger.cli.write;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.launch.TextConverter;
import dev.irqledger.recordings.PrintableText;
import dev.irqledger.wire.avro.Budget;
import dev.irqledger.wire.avro.BudgetScope;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A budget as a command line names it: {@code vm:web-1:armed=64,allocated=128}, or {@code
 * vm:web-1:none} for none.
 *
 * @param maxArmed null sets no limit
 * @param maxAllocated null sets no limit
 */
record BudgetText(
    BudgetScope scope, String name, @Nullable Integer maxArmed, @Nullable Integer maxAllocated) {
  /** Stands for each one of a scope. */
  static final String EACH = "*";

  private static final int LONGEST_NAME = 253;
  private static final int LARGEST = 100_000_000;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final String FORM =
      "expected SCOPE:NAME:armed=N,allocated=M, or SCOPE:NAME:none; SCOPE: host, vm or device";

  /** True where it limits nothing, and so takes a budget away. */
  boolean none() {
    return maxArmed == null && maxAllocated == null;
  }

  /** True where both are about the same holder. */
  boolean replaces(Budget budget) {
    return scope == budget.getScope() && name.equals(budget.getName());
  }

  Budget budget() {
    return Budget.newBuilder()
        .setScope(scope)
        .setName(name)
        .setMaxArmed(maxArmed)
        .setMaxAllocated(maxAllocated)
        .build();
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if the text is none; the message says what was expected
   */
  static BudgetText parse(String text) {
    int first = text.indexOf(':');
    int last = text.lastIndexOf(':');
    if (first < 1 || last <= first + 1) {
      throw new IllegalArgumentException(
          "not a budget: '" + PrintableText.of(text, 80) + "' (" + FORM + ")");
    }
    BudgetScope scope = scope(text.substring(0, first));
    String name = name(scope, text.substring(first + 1, last));
    String limits = text.substring(last + 1);
    if (limits.equals("none")) {
      return new BudgetText(scope, name, null, null);
    }
    Integer armed = null;
    Integer allocated = null;
    for (String limit : limits.split(",", -1)) {
      if (limit.startsWith("armed=") && armed == null) {
        armed = number(limit, limit.substring("armed=".length()));
      } else if (limit.startsWith("allocated=") && allocated == null) {
        allocated = number(limit, limit.substring("allocated=".length()));
      } else {
        throw new IllegalArgumentException(
            "not a limit, or one named twice: '"
                + PrintableText.of(limit, 80)
                + "' ("
                + FORM
                + ")");
      }
    }
    if (armed != null && allocated != null && armed > allocated) {
      throw new IllegalArgumentException(
          "armed="
              + armed
              + " can never be reached with allocated="
              + allocated
              + ": an armed vector is an allocated one");
    }
    return new BudgetText(scope, name, armed, allocated);
  }

  private static BudgetScope scope(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "host" -> BudgetScope.HOST;
      case "vm" -> BudgetScope.VM;
      case "device" -> BudgetScope.DEVICE;
      default ->
          throw new IllegalArgumentException(
              "no scope: '" + PrintableText.of(word, 80) + "' (there are host, vm and device)");
    };
  }

  private static String name(BudgetScope scope, String name) {
    if (name.length() > LONGEST_NAME || !PrintableText.is(name)) {
      throw new IllegalArgumentException(
          "not a name: '" + PrintableText.of(name, 80) + "' (plain text, at most 253 characters)");
    }
    return scope == BudgetScope.DEVICE && !name.equals(EACH) ? new Bdf(name).text() : name;
  }

  private static int number(String limit, String digits) {
    int number = NUMBER.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
    if (number < 0 || number > LARGEST) {
      throw new IllegalArgumentException(
          "a limit is 0 to " + LARGEST + ", not '" + PrintableText.of(limit, 80) + "'");
    }
    return number;
  }

  static final class Converter extends TextConverter<BudgetText> {
    public Converter() {
      super(BudgetText::parse);
    }
  }
}

package dev.irqledger.replay.whatif;

import dev.irqledger.core.rule.ReleasePolicy;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Release policies as people write them. */
public final class PolicyName {
  /** The names there are, in words. */
  public static final String FORMS =
      "KERNEL, FREE_ON_CLEAR, FREE_DYNAMIC_ON_CLEAR or LRU_CAP(16), with 0 to 9999 irqs a device";

  private static final Pattern CAP = Pattern.compile("LRU_CAP[(](\\d{1,4})[)]");

  private PolicyName() {}

  /**
   * The policy of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ReleasePolicy parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    return switch (name) {
      case "KERNEL" -> ReleasePolicy.KERNEL;
      case "FREE_ON_CLEAR" -> new ReleasePolicy.FreeOnClear();
      case "FREE_DYNAMIC_ON_CLEAR" -> new ReleasePolicy.FreeDynamicOnClear();
      default -> cap(name, text);
    };
  }

  private static ReleasePolicy cap(String name, String text) {
    Matcher cap = CAP.matcher(name);
    if (!cap.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no release policy: " + FORMS);
    }
    return new ReleasePolicy.LruCap(Integer.parseInt(cap.group(1)));
  }

  /** A policy's name. */
  public static String of(ReleasePolicy policy) {
    return switch (policy) {
      case ReleasePolicy.Keep() -> "KERNEL";
      case ReleasePolicy.FreeOnClear() -> "FREE_ON_CLEAR";
      case ReleasePolicy.FreeDynamicOnClear() -> "FREE_DYNAMIC_ON_CLEAR";
      case ReleasePolicy.LruCap(int most) -> "LRU_CAP(" + most + ")";
    };
  }
}

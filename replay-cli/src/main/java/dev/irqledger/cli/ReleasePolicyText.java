package dev.irqledger.cli;

import dev.irqledger.core.rule.ReleasePolicy;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Release policies as they are written on a command line. */
final class ReleasePolicyText implements ITypeConverter<ReleasePolicy> {
  private static final Pattern CAP = Pattern.compile("LRU_CAP[(](\\d{1,4})[)]");

  @Override
  public ReleasePolicy convert(String text) {
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
      throw new TypeConversionException(
          "'"
              + text
              + "' is no release policy: KERNEL, FREE_ON_CLEAR, FREE_DYNAMIC_ON_CLEAR or"
              + " LRU_CAP(16), with 0 to 9999 irqs a device");
    }
    return new ReleasePolicy.LruCap(Integer.parseInt(cap.group(1)));
  }

  static String of(ReleasePolicy policy) {
    return switch (policy) {
      case ReleasePolicy.Keep() -> "KERNEL";
      case ReleasePolicy.FreeOnClear() -> "FREE_ON_CLEAR";
      case ReleasePolicy.FreeDynamicOnClear() -> "FREE_DYNAMIC_ON_CLEAR";
      case ReleasePolicy.LruCap(int most) -> "LRU_CAP(" + most + ")";
    };
  }
}

package dev.irqledger.recordings;

import dev.irqledger.core.device.Bdf;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers and addresses as recordings print them, each checked for its range. */
final class NumberText {
  static final long U32_MAX = 0xFFFF_FFFFL;

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,16}");

  private NumberText() {}

  /** A decimal number from {@code least} to {@code most}. */
  static long between(String what, String text, long least, long most)
      throws MalformedLineException {
    if (DECIMAL.matcher(text).matches()) {
      try {
        long value = Long.parseLong(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException _) {
        // Too large for 64 bits, and so for every range: reported below.
      }
    }
    throw notInRange(what, text, least, most);
  }

  /**
   * A 32-bit field that the kernel may have printed signed, unsigned or hexadecimal, as its
   * unsigned value.
   */
  static long u32(String what, String text) throws MalformedLineException {
    long bits = bits(what, text);
    if (bits < Integer.MIN_VALUE || bits > U32_MAX) {
      throw notInRange(what, text, 0, U32_MAX);
    }
    return bits & U32_MAX;
  }

  /**
   * A 32-bit signed value, of which the kernel may have printed the bits of 32 or 64 as unsigned or
   * hexadecimal.
   */
  static int s32(String what, String text) throws MalformedLineException {
    long bits = bits(what, text);
    if (bits < Integer.MIN_VALUE || bits > U32_MAX) {
      throw notInRange(what, text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return (int) bits;
  }

  /** A PCI address in either case. */
  static Bdf bdf(String text) throws MalformedLineException {
    try {
      return new Bdf(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new MalformedLineException(
          "expected a PCI address such as 0000:01:00.0, not '" + BadLine.shortened(text) + "'");
    }
  }

  private static long bits(String what, String text) throws MalformedLineException {
    try {
      if (HEXADECIMAL.matcher(text).matches()) {
        return Long.parseUnsignedLong(text, 2, text.length(), 16);
      }
      if (DECIMAL.matcher(text).matches()) {
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
      }
    } catch (NumberFormatException _) {
      // More than 64 bits: reported below.
    }
    throw new MalformedLineException(
        what + ": expected a number of at most 64 bits, not '" + BadLine.shortened(text) + "'");
  }

  private static MalformedLineException notInRange(
      String what, String text, long least, long most) {
    return new MalformedLineException(
        what
            + ": expected a number from "
            + least
            + " to "
            + most
            + ", not '"
            + BadLine.shortened(text)
            + "'");
  }
}

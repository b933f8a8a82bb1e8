package dev.irqledger.core.device;

import java.util.regex.Pattern;

/**
 * A PCI function's address as sysfs spells it: domain, bus, device and function, such as {@code
 * 0000:01:00.0}. The domain has four hexadecimal digits or more (VMD hosts use five).
 *
 * @param text the address in lower case
 */
public record Bdf(String text) implements Comparable<Bdf> {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]");

  /**
   * @throws IllegalArgumentException if the text is no PCI address in sysfs's spelling
   */
  public Bdf {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "not a PCI address: '" + text + "' (expected the form 0000:01:00.0)");
    }
  }

  @Override
  public int compareTo(Bdf other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.irqledger.core.device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel's release as {@code uname -r} prints it, such as {@code 6.12.111+deb12-amd64}.
 *
 * @param text the release; empty where it was not seen
 */
public record KernelRelease(String text) {
  public static final KernelRelease UNKNOWN = new KernelRelease("");

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /** True where the text begins with a version. */
  public boolean known() {
    return VERSION.matcher(text).matches();
  }

  /** True for {@code major.minor} and everything later; false where the release is unknown. */
  public boolean atLeast(int major, int minor) {
    Matcher m = VERSION.matcher(text);
    if (!m.matches()) {
      return false;
    }
    int ownMajor = Integer.parseInt(m.group(1));
    return ownMajor > major || (ownMajor == major && Integer.parseInt(m.group(2)) >= minor);
  }

  @Override
  public String toString() {
    return text;
  }
}

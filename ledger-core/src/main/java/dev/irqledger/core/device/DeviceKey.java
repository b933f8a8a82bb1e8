package dev.irqledger.core.device;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Names one passthrough device in a fleet. Its text, {@code host/BDF}, is the key of its records in
 * the log.
 *
 * @param host the host's name: 1 to 253 letters, digits, dots, hyphens and underscores
 * @param bdf the device's address on that host
 */
public record DeviceKey(String host, Bdf bdf) implements Comparable<DeviceKey> {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
  private static final Comparator<DeviceKey> ORDER =
      Comparator.comparing(DeviceKey::host).thenComparing(DeviceKey::bdf);

  /**
   * @throws IllegalArgumentException if the host's name has other characters or length
   */
  public DeviceKey {
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "not a host name: '"
              + host
              + "' (letters, digits, '.', '-' and '_', at most 253 characters)");
    }
  }

  /**
   * Reads the form {@code host/BDF}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static DeviceKey parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a device key: '" + text + "' (expected host/BDF)");
    }
    return new DeviceKey(text.substring(0, slash), new Bdf(text.substring(slash + 1)));
  }

  @Override
  public int compareTo(DeviceKey other) {
    return ORDER.compare(this, other);
  }

  /**
   * Names and addresses count upwards, so that most sums of their hashes meet: of ten thousand
   * devices of a hundred hosts a record's own hash would tell a quarter apart.
   */
  @Override
  public int hashCode() {
    return hash(host, bdf.text());
  }

  /** The hash of the key of that host and address, without making it. */
  public static int hash(String host, String bdf) {
    return host.hashCode() * 0x9e3779b9 + bdf.hashCode() * 0x85ebca6b;
  }

  @Override
  public String toString() {
    return host + "/" + bdf;
  }
}

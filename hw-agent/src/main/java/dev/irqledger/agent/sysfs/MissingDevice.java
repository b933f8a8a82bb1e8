package dev.irqledger.agent.sysfs;

import dev.irqledger.core.device.Bdf;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Words for an address that no PCI device has. */
final class MissingDevice {
  private static final int MOST_NAMED = 3;

  private MissingDevice() {}

  /** That there is none, and which is near; null where there is one. */
  static @Nullable String tell(Sysfs sysfs, Bdf device) {
    if (Files.isDirectory(sysfs.home(device))) {
      return null;
    }
    String near =
        sysfs.devices().stream()
            .filter(other -> distance(device.text(), other.text()) <= 2)
            .sorted(Comparator.comparingLong(other -> distance(device.text(), other.text())))
            .limit(MOST_NAMED)
            .map(Bdf::text)
            .collect(Collectors.joining(", "));
    return "this host has no PCI device "
        + device
        + (near.isEmpty() ? "" : "; did you mean " + near + "?")
        + "; list all: lspci -D";
  }

  private static long distance(String one, String other) {
    return one.length() != other.length()
        ? Long.MAX_VALUE
        : IntStream.range(0, one.length()).filter(i -> one.charAt(i) != other.charAt(i)).count();
  }
}

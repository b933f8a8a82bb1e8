package dev.irqledger.agent.sysfs;

import dev.irqledger.core.device.Bdf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether the host itself needs a device: a block device below it is mounted, swapped to or part of
 * another one, or a network interface below it is up.
 */
final class DeviceUse {
  private final Sysfs sysfs;

  DeviceUse(Sysfs sysfs) {
    this.sysfs = sysfs;
  }

  /** What it is needed for, in words; null where no need is seen. */
  @Nullable String of(Bdf device) {
    for (String name : below(device, "net")) {
      if ("up".equals(Attributes.readIfThere(inClass("net", name).resolve("operstate")))) {
        return "network interface " + name + " is up";
      }
    }
    return ofBlocks(below(device, "block"));
  }

  private @Nullable String ofBlocks(List<String> blocks) {
    Set<String> mounted = mounted();
    Set<String> swaps = firstWords("swaps");
    for (String name : blocks) {
      Path block = inClass("block", name);
      String number = Attributes.readIfThere(block.resolve("dev"));
      if (mounted.contains("/dev/" + name) || (number != null && mounted.contains(number))) {
        return "block device " + name + " is mounted";
      }
      if (swaps.contains("/dev/" + name)) {
        return "block device " + name + " is swap";
      }
      List<String> holders = Attributes.names(block.resolve("holders"));
      if (!holders.isEmpty()) {
        return "block device " + name + " is part of " + holders.getFirst();
      }
    }
    return null;
  }

  /** The sources of all mounts, and their numbers: a source can have any name. */
  private Set<String> mounted() {
    String text = Attributes.readIfThere(sysfs.proc().resolve("self/mountinfo"));
    return text == null
        ? Set.of()
        : text.lines()
            .flatMap(line -> List.of(line.split(" ")).stream())
            .filter(word -> word.startsWith("/dev/") || word.matches("\\d+:\\d+"))
            .collect(Collectors.toSet());
  }

  private Set<String> firstWords(String file) {
    String text = Attributes.readIfThere(sysfs.proc().resolve(file));
    return text == null
        ? Set.of()
        : text.lines().map(line -> line.split("\\s", 2)[0]).collect(Collectors.toSet());
  }

  /** The entries of a class whose place in the tree of devices is below that device. */
  private List<String> below(Bdf device, String type) {
    return Attributes.names(sysfs.sys().resolve("class/" + type)).stream()
        .filter(name -> isBelow(device, inClass(type, name)))
        .sorted()
        .toList();
  }

  private static boolean isBelow(Bdf device, Path entry) {
    if (!Files.isSymbolicLink(entry)) {
      return false;
    }
    try {
      return Files.readSymbolicLink(entry).toString().contains("/" + device + "/");
    } catch (IOException e) {
      throw Attributes.failure("reading the link " + entry, e);
    }
  }

  private Path inClass(String type, String name) {
    return sysfs.sys().resolve("class").resolve(type).resolve(name);
  }
}

package dev.irqledger.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where figures were taken.
 *
 * @param processor its model
 * @param processors how many this process may use
 * @param memoryBytes the physical memory
 * @param system the operating system and its release
 * @param java the Java runtime
 * @param load how many processes wanted to run when it began, on average over a minute; negative
 *     where not known. More than one in use by nobody else tells of a shared machine
 */
public record Machine(
    String processor, int processors, long memoryBytes, String system, String java, double load) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** This machine, as it is now. */
  static Machine here() throws IOException {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        system.getName() + " " + system.getVersion() + " " + system.getArch(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        system.getSystemLoadAverage());
  }

  private static String processorModel() throws IOException {
    if (!Files.isReadable(CPUINFO)) {
      return "not known";
    }
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("not known");
    }
  }

  @Override
  public String toString() {
    return "%d x %s, %d GiB, %s; %s; load %.1f at the start"
        .formatted(processors, processor, memoryBytes >> 30, system, java, load);
  }
}

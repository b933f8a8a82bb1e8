package dev.irqledger.cli;

import dev.irqledger.core.whatif.PoolSizes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How large a host's pools are supposed to be. */
final class PoolOptions {
  @Option(
      names = "--cpu-vectors",
      paramLabel = "N",
      description =
          "So many vectors can be armed at once on a host, those of its own drivers not counted"
              + " (default: what the log shows).")
  private @Nullable Integer cpuVectors;

  @Option(
      names = "--irtes",
      paramLabel = "N",
      description =
          "So many vectors can hold an irq at once on a host, its own drivers not counted (default:"
              + " what the log shows).")
  private @Nullable Integer irtes;

  PoolSizes sizes(CommandSpec spec) {
    try {
      return new PoolSizes(cpuVectors, irtes);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--cpu-vectors and --irtes are 0 or more", e);
    }
  }
}

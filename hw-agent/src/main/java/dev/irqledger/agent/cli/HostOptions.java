package dev.irqledger.agent.cli;

import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.core.device.KernelRelease;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say for which host the agent acts. */
final class HostOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--backend",
      required = true,
      converter = Backend.Converter.class,
      paramLabel = "BACKEND",
      description =
          "Which kernel is asked: modelled (a host in memory that follows vfio-pci's rules).")
  private Backend backend;

  @Option(
      names = "--host",
      required = true,
      paramLabel = "NAME",
      description = "The host's name in the log.")
  private String host;

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      defaultValue = "6.12.0-modelled",
      description =
          "The modelled host's kernel (default: ${DEFAULT-VALUE}). Before 6.5 MSI-X cannot grow.")
  private String kernel;

  @Option(
      names = "--cpu-vectors",
      paramLabel = "N",
      defaultValue = "387",
      description =
          "How many vectors the modelled host can arm at once (default: ${DEFAULT-VALUE}, what a"
              + " host with two CPUs had to give).")
  private int cpuVectors;

  @Option(
      names = "--irtes",
      paramLabel = "N",
      defaultValue = "65536",
      description =
          "How many irqs the modelled host can allocate at once (default: ${DEFAULT-VALUE}, one"
              + " Intel IOMMU's interrupt-remapping entries).")
  private int irtes;

  @Option(
      names = "--epoch",
      paramLabel = "N",
      description =
          "The number of this life of the agent, greater than all before on this host (default:"
              + " the time in milliseconds since 1970).")
  private @Nullable Long epoch;

  /** The host with these devices. */
  ModelledHost host(List<DeviceOption> devices, InstantSource clock) {
    try {
      KernelRelease release = new KernelRelease(kernel);
      if (!release.known()) {
        throw new IllegalArgumentException(
            "--kernel: not a release: '" + kernel + "' (expected one that begins as 6.12 does)");
      }
      HostCapacity capacity = new HostCapacity(cpuVectors, irtes);
      ModelledHost made =
          switch (backend) {
            case MODELLED -> new ModelledHost(host, release, capacity, clock);
          };
      devices.forEach(device -> made.add(device.bdf(), device.preset()));
      return made;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** This life of the agent. */
  Incarnation incarnation(ModelledHost made, InstantSource clock) {
    try {
      return epoch == null
          ? Incarnation.now(host, made.bootId(), clock)
          : Incarnation.of(host, made.bootId(), epoch);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--epoch: " + e.getMessage(), e);
    }
  }
}

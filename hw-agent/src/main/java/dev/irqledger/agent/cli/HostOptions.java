package dev.irqledger.agent.cli;

import dev.irqledger.agent.host.HostBackend;
import dev.irqledger.agent.host.LinuxBackend;
import dev.irqledger.agent.host.ModelledBackend;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.core.device.KernelRelease;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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
          "Which kernel is asked: linux (the running one) or modelled (a host in memory that"
              + " follows vfio-pci's rules).")
  private Backend backend;

  @Mixin private final NameOptions name = new NameOptions();

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

  /** The host's name in the log. */
  String host() {
    if (backend == Backend.MODELLED && !name.given()) {
      throw new ParameterException(
          spec.commandLine(), "--host: a modelled host needs a name, such as --host demo");
    }
    return name.host();
  }

  /** The least number of this life of the agent. */
  long leastEpoch(InstantSource clock) {
    if (epoch != null && epoch < 1) {
      throw new ParameterException(
          spec.commandLine(), "--epoch: an epoch is 1 or more, not " + epoch);
    }
    return epoch == null ? clock.millis() : epoch;
  }

  boolean isLinux() {
    return backend == Backend.LINUX;
  }

  /** Finds values that cannot be, before anything is read or begun. */
  void check(List<DeviceOption> devices, InstantSource clock) {
    if (backend == Backend.MODELLED) {
      var _ = modelled(devices, clock);
    }
    var _ = leastEpoch(clock);
  }

  /**
   * What the agent runs on.
   *
   * @param devices which devices it may act on; none stands for all that there are
   */
  HostBackend open(List<DeviceOption> devices, InstantSource clock) {
    return switch (backend) {
      case MODELLED -> new ModelledBackend(modelled(devices, clock));
      case LINUX -> new LinuxBackend(devices.stream().map(DeviceOption::bdf).toList());
    };
  }

  private ModelledHost modelled(List<DeviceOption> devices, InstantSource clock) {
    try {
      KernelRelease release = new KernelRelease(kernel);
      if (!release.known()) {
        throw new IllegalArgumentException(
            "--kernel: not a release: '" + kernel + "' (expected one that begins as 6.12 does)");
      }
      HostCapacity capacity = new HostCapacity(cpuVectors, irtes);
      ModelledHost made = new ModelledHost(host(), release, capacity, clock);
      devices.forEach(device -> made.add(device.bdf(), device.preset()));
      return made;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}

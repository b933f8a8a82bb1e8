package dev.irqledger.agent.cli;

import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.HostWatch;
import dev.irqledger.agent.ServingAgent;
import dev.irqledger.agent.host.HostBackend;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agent serve}: requests from the topic of commands, until it is interrupted. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Carry out requests from irq.commands on a host's devices, until interrupted.",
      "",
      "A request is carried out at most once, and answered by the event, or the refusal, that"
          + " carries its id. Refused is, before any device is touched, what has expired, is meant"
          + " for another epoch or an unknown device, or is no operation.",
      "With --backend linux it also sees what other processes, such as virtual machine monitors, do"
          + " with the host's VFIO devices: through a probe in the kernel where there can be one, and"
          + " through sysfs.",
      "",
      "What happens is in the journal first, so that nothing is lost while no broker answers. The"
          + " other agent commands of the host ask this one through a socket beside the journal.",
      "",
      "When it is interrupted the agent closes the devices that it holds and publishes that too.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:it could not go on",
      "2:wrong usage",
      "4:the topics are not set up as the log needs them",
      "8:the journal cannot be used",
      "130, 143:interrupted or terminated, after everything was taken down"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger agent serve --backend linux --bootstrap-server localhost:9092",
      "  irq-ledger agent serve --backend modelled --host demo --device 0000:01:00.0:nvme \\",
      "      --device 0000:02:00.0:e1000e --bootstrap-server localhost:9092"
    })
public final class ServeCommand extends HostCommand {
  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private final AgentOptions options = new AgentOptions();

  @Option(
      names = "--device",
      converter = DeviceOption.Converter.class,
      paramLabel = "BDF[:PRESET]",
      description =
          "A device, and what it is in a modelled host: nvme (the default), nvme2048, e1000e,"
              + " xhci, edu or nic. May be given again. With --backend linux the agent acts on all"
              + " devices that are bound to vfio-pci, unless some are given.")
  private List<DeviceOption> devices = new ArrayList<>();

  @Mixin private final ObserverOptions observer = new ObserverOptions();

  @Override
  CommandSpec spec() {
    return spec;
  }

  @Override
  int run() throws IOException, InterruptedException {
    if (devices.isEmpty() && !options.host().isLinux()) {
      throw new ParameterException(
          spec.commandLine(), "--device: a modelled host needs one, such as 0000:01:00.0:nvme");
    }
    options.check(devices, clock);
    try (HostBackend backend = options.host().open(devices, clock);
        HostAgent agent = HostAgent.start(options.setup(clock), backend)) {
      awaitLog(agent);
      serve(backend, agent);
      return drained(agent);
    }
  }

  private void serve(HostBackend backend, HostAgent agent)
      throws IOException, InterruptedException {
    try (HostWatch watch =
            HostWatch.start(agent, backend, observer.probe(), observer.interval(), this::say);
        ServingAgent serving = ServingAgent.start(agent, watch::sight, clock)) {
      stopAtShutdown(serving::stop);
      say(
          "host "
              + agent.self().host()
              + ", epoch "
              + agent.self().epoch()
              + ": waiting for requests for "
              + backend.devices());
      serving.run();
    }
  }
}

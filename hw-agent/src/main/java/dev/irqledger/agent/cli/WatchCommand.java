package dev.irqledger.agent.cli;

import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.HostWatch;
import dev.irqledger.agent.ServingAgent;
import dev.irqledger.agent.host.HostBackend;
import dev.irqledger.agent.ledger.Watcher;
import dev.irqledger.agent.socket.AgentClient;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code agent watch}: every event of the host, as it happens. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Print every change of the host's devices as it happens, until interrupted.",
      "",
      "With --backend linux: every VFIO_DEVICE_SET_IRQS of any process, through a probe in the"
          + " kernel where there can be one, and what sysfs shows. Where an agent serves the host,"
          + " its events are printed; otherwise this command is the host's agent while it runs, and"
          + " publishes them too.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the agent that serves the host ended",
      "1:it could not go on",
      "2:wrong usage",
      "4:the topics are not set up as the log needs them",
      "8:the journal cannot be used",
      "130, 143:interrupted or terminated"
    },
    footerHeading = "%nExample:%n",
    footer = {"  irq-ledger agent watch --backend linux --bootstrap-server localhost:9092"})
public final class WatchCommand extends HostCommand {
  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private final AgentOptions options = new AgentOptions();
  @Mixin private final ObserverOptions observer = new ObserverOptions();

  @Override
  CommandSpec spec() {
    return spec;
  }

  @Override
  int run() throws IOException, InterruptedException {
    options.check(List.of(), clock);
    try (AgentClient serving = AgentClient.connect(options.folder())) {
      return serving == null ? watch() : follow(serving);
    }
  }

  private int follow(AgentClient serving) throws IOException {
    Reply reply = serving.ask(new Request.Watch(), this::print);
    if (reply instanceof Reply.Failed failed) {
      return failed(failed);
    }
    serving.lines(this::print);
    return ExitCode.OK;
  }

  private int watch() throws IOException, InterruptedException {
    try (HostBackend backend = options.host().open(List.of(), clock);
        HostAgent agent = HostAgent.start(options.setup(clock), backend)) {
      awaitLog(agent);
      try (Watcher watcher = new Watcher(spec.commandLine().getOut()::println)) {
        agent.ledger().listen(watcher);
        watch(backend, agent);
      }
      return drained(agent);
    }
  }

  private void watch(HostBackend backend, HostAgent agent)
      throws IOException, InterruptedException {
    try (HostWatch watch =
            HostWatch.start(agent, backend, observer.probe(), observer.interval(), this::say);
        ServingAgent serving = ServingAgent.start(agent, watch::sight, clock)) {
      stopAtShutdown(serving::stop);
      serving.idle();
    }
  }

  private void print(Reply.Line line) {
    spec.commandLine().getOut().println(line.text());
  }
}

package dev.irqledger.agent.cli;

import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.host.HostBackend;
import dev.irqledger.agent.reconcile.Reconciled;
import dev.irqledger.agent.socket.AgentClient;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import dev.irqledger.core.device.Bdf;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code agent reconcile}: the ledger against the kernel. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compare what the ledger has of the host's devices with what the kernel shows.",
      "",
      "Each difference is printed on a line. What the kernel shows is then published, so that the"
          + " ledger agrees with it afterwards. The ledger is read from the log: the ledger"
          + " service's states where it runs, and the events behind them.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:both agreed, or agree now",
      "2:wrong usage",
      "3:no broker answers",
      "4:the topics are not set up as the log needs them",
      "7:a device could not be compared",
      "8:the journal cannot be used"
    },
    footerHeading = "%nExample:%n",
    footer = {"  irq-ledger agent reconcile --backend linux --bootstrap-server localhost:9092"})
public final class ReconcileCommand extends HostCommand {
  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private final AgentOptions options = new AgentOptions();

  @Option(
      names = "--device",
      converter = DeviceOption.Converter.class,
      paramLabel = "BDF[:PRESET]",
      description = "Only this device (default: all that the ledger or the host has).")
  private @Nullable DeviceOption device;

  @Override
  CommandSpec spec() {
    return spec;
  }

  @Override
  int run() throws IOException, InterruptedException {
    List<DeviceOption> devices = device == null ? List.of() : List.of(device);
    options.check(devices, clock);
    Bdf only = device == null ? null : device.bdf();
    try (AgentClient serving = AgentClient.connect(options.folder())) {
      return serving == null ? reconcile(devices, only) : ask(serving, only);
    }
  }

  private int ask(AgentClient serving, @Nullable Bdf only) throws IOException {
    Reply reply =
        serving.ask(
            new Request.Reconcile(only == null ? null : only.text()), line -> print(line.text()));
    if (reply instanceof Reply.Failed failed) {
      return failed(failed);
    }
    if (reply instanceof Reply.Done(Integer count) && count != null) {
      say(new Reconciled(List.of(), count, 0).told());
    }
    return ExitCode.OK;
  }

  private int reconcile(List<DeviceOption> devices, @Nullable Bdf only)
      throws InterruptedException {
    // a real host is asked which devices it has, whatever was typed
    List<DeviceOption> acted = options.host().isLinux() ? List.of() : devices;
    try (HostBackend backend = options.host().open(acted, clock);
        HostAgent agent = HostAgent.start(options.setup(clock), backend)) {
      agent.drainer().awaitConnected();
      Reconciled found = agent.reconcile(only);
      found.lines().forEach(this::print);
      say(found.told());
      int kept = drained(agent);
      return found.notCompared() == 0 ? kept : ExitCode.DEVICE;
    }
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}

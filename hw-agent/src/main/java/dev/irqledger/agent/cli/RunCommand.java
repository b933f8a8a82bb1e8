package dev.irqledger.agent.cli;

import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.host.HostBackend;
import dev.irqledger.agent.socket.AgentClient;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import dev.irqledger.agent.status.Sight;
import dev.irqledger.agent.sysfs.DriverBinding;
import dev.irqledger.recordings.BadLine;
import dev.irqledger.recordings.OpScript;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code agent run}: the operations of op files, on one device. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Carry out op files on one device and publish each operation as an event.",
      "",
      "An op file holds one operation a line; blank lines and lines that begin with # say"
          + " nothing:",
      "  open",
      "  # set INDEX START COUNT none|bool|eventfd trigger|mask|unmask DATA",
      "  set 2 0 2 eventfd trigger e0,e1",
      "  set 2 0 1 none trigger",
      "  reset",
      "  close",
      "INDEX is 0 INTx, 1 MSI, 2 MSI-X, 3 ERR or 4 REQ. DATA holds COUNT words, with commas between"
          + " them: for eventfd e0 to e63, -1 to remove a trigger, b for a closed descriptor, s for one"
          + " that is no eventfd; for bool 0 or 1. set ... none trigger signals what is armed;"
          + " with COUNT 0 it disables the mode.",
      "All files are read before the first operation: where a line is bad, nothing is done. What"
          + " the kernel refuses is a result like any other. A device still open after the last"
          + " operation is closed, as the end of a process closes it.",
      "",
      "Where an agent serves the host, that one carries the operations out; otherwise this command"
          + " is the host's agent while it runs. Each event is in the journal before its result is"
          + " printed; what the log does not have at the end is brought there by the next agent.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every operation was made, every event acknowledged",
      "1:an op file has bad lines (nothing was done), or an event could not be published",
      "2:wrong usage",
      "3:no broker answers",
      "4:the topics are not set up as the log needs them",
      "5:every operation was made, but some events are still in the journal",
      "6:an op file cannot be read",
      "7:the device cannot be used",
      "8:the journal cannot be used"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger agent run --backend modelled --host demo --device 0000:01:00.0:nvme \\",
      "      --bootstrap-server localhost:9092 boot.ops load.ops",
      "  irq-ledger agent run --backend linux --device 0000:01:00.0 --bind --dry-run boot.ops",
      "  printf 'open\\nset 2 0 1 eventfd trigger e0\\nclose\\n' | irq-ledger agent run \\",
      "      --backend modelled --host demo --device 0000:01:00.0 \\",
      "      --bootstrap-server localhost:9092 -"
    })
public final class RunCommand extends HostCommand {
  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private final AgentOptions options = new AgentOptions();

  @Option(
      names = "--device",
      required = true,
      converter = DeviceOption.Converter.class,
      paramLabel = "BDF[:PRESET]",
      description =
          "The device, and what it is in a modelled host: nvme (the default), nvme2048, e1000e,"
              + " xhci, edu or nic.")
  private DeviceOption device;

  @Mixin private final BindOptions bind = new BindOptions();

  @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
  private boolean dryRun;

  @Parameters(
      paramLabel = "OPS-FILE",
      arity = "1..*",
      description = "Op files, carried out in this order; - is standard input.")
  private List<String> files;

  @Override
  CommandSpec spec() {
    return spec;
  }

  @Override
  int run() throws IOException, InterruptedException {
    options.check(List.of(device), clock);
    List<NamedOps> scripts = new ArrayList<>();
    for (String file : files) {
      scripts.add(NamedOps.read(file, System.in));
    }
    return printBadLines(scripts) ? ExitCode.FAILED : run(scripts);
  }

  private boolean printBadLines(List<NamedOps> scripts) {
    PrintWriter err = spec.commandLine().getErr();
    boolean any = false;
    for (NamedOps script : scripts) {
      for (BadLine bad : script.file().errors()) {
        err.println(script.name() + ":" + bad.line() + ": " + bad.reason());
        any = true;
      }
    }
    if (any) {
      err.println("irq-ledger: nothing was done: correct these lines and run it again");
    }
    return any;
  }

  private int run(List<NamedOps> scripts) throws IOException, InterruptedException {
    if (dryRun) {
      return print(scripts);
    }
    try (AgentClient serving = AgentClient.connect(options.folder())) {
      return serving == null ? runAlone(scripts) : runThrough(serving, scripts);
    }
  }

  private int print(List<NamedOps> scripts) {
    PrintWriter out = spec.commandLine().getOut();
    try (HostBackend backend = options.host().open(List.of(device), clock)) {
      DriverBinding drivers = backend.binding();
      if (bind.wanted() && drivers != null) {
        drivers.plan(device.bdf(), "vfio-pci").forEach(out::println);
      }
    }
    for (NamedOps script : scripts) {
      script.file().entries().forEach(entry -> out.println(OpScript.format(entry.op())));
    }
    return ExitCode.OK;
  }

  private int runThrough(AgentClient serving, List<NamedOps> scripts) throws IOException {
    if (bind.wanted()) {
      Reply reply = serving.ask(new Request.Bind(device.bdf().text(), bind.force()), _ -> {});
      if (reply instanceof Reply.Failed failed) {
        return failed(failed);
      }
    }
    return new ScriptRun(OpRun.by(serving), device.bdf(), spec.commandLine()).run(scripts);
  }

  private int runAlone(List<NamedOps> scripts) throws IOException, InterruptedException {
    try (HostBackend backend = options.host().open(List.of(device), clock);
        HostAgent agent = HostAgent.start(options.setup(clock), backend)) {
      agent.drainer().awaitConnected();
      readPolicy(agent);
      ScriptRun run = new ScriptRun(OpRun.by(agent), device.bdf(), spec.commandLine());
      stopAtShutdown(run::stop);
      int code = runBound(agent, run, scripts);
      int kept = drained(agent);
      return code == ExitCode.OK ? kept : code;
    }
  }

  /** The device is given back also when the run fails, or is told to end. */
  private int runBound(HostAgent agent, ScriptRun run, List<NamedOps> scripts) throws IOException {
    try {
      if (bind.wanted()) {
        var _ = agent.bindings().bind(device.bdf(), bind.force());
      }
      agent.beat(Sight.OWN_CALLS);
      return run.run(scripts);
    } finally {
      agent.giveBackAll();
    }
  }
}

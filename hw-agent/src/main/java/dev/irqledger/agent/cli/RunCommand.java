package dev.irqledger.agent.cli;

import dev.irqledger.agent.Agent;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.publish.EventPublisher;
import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.agent.publish.PublishException;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.recordings.BadLine;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpFile;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every operation was made, every event acknowledged",
      "1:an op file has bad lines (nothing was done), or an event could not be published",
      "2:wrong usage",
      "3:no broker answers",
      "4:the topics are not set up as the log needs them",
      "6:an op file cannot be read"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger agent run --backend modelled --host demo --device 0000:01:00.0:nvme \\",
      "      --bootstrap-server localhost:9092 boot.ops load.ops",
      "  printf 'open\\nset 2 0 1 eventfd trigger e0\\nclose\\n' | irq-ledger agent run \\",
      "      --backend modelled --host demo --device 0000:01:00.0 \\",
      "      --bootstrap-server localhost:9092 -"
    })
public final class RunCommand implements Callable<Integer> {
  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private final HostOptions hostOptions = new HostOptions();

  @Option(
      names = "--device",
      required = true,
      converter = DeviceOption.Converter.class,
      paramLabel = "BDF[:PRESET]",
      description =
          "The device, and what it is in a modelled host: nvme (the default), nvme2048, e1000e,"
              + " xhci, edu or nic.")
  private DeviceOption device;

  @Mixin private final ClusterOptions clusterOptions = new ClusterOptions();

  @Parameters(
      paramLabel = "OPS-FILE",
      arity = "1..*",
      description = "Op files, carried out in this order; - is standard input.")
  private List<String> files;

  @Override
  public Integer call() {
    ModelledHost host = hostOptions.host(List.of(device), clock);
    Incarnation self = hostOptions.incarnation(host, clock);
    Cluster cluster = clusterOptions.cluster();
    try {
      List<NamedOps> scripts = new ArrayList<>();
      for (String file : files) {
        scripts.add(NamedOps.read(file, System.in));
      }
      return printBadLines(scripts) ? ExitCode.FAILED : run(scripts, host, self, cluster);
    } catch (InputException e) {
      return failed(e, ExitCode.INPUT);
    } catch (PublishException e) {
      return failed(e, ExitCode.of(e));
    }
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

  private int run(List<NamedOps> scripts, ModelledHost host, Incarnation self, Cluster cluster) {
    cluster.ensureTopics(clusterOptions.partitions());
    Bdf bdf = device.bdf();
    try (EventPublisher publisher = EventPublisher.connect(cluster, self, clock);
        Vfio vfio = host.startProcess();
        Agent agent = new Agent(vfio, List.of(bdf), self, publisher)) {
      publisher.heartbeat(host.capacity());
      for (NamedOps script : scripts) {
        for (OpFile.Entry entry : script.file().entries()) {
          perform(agent, bdf, script.name() + ":" + entry.line(), entry.op());
        }
      }
      agent.releaseAll();
      publisher.flush();
      return ExitCode.OK;
    }
  }

  private void perform(Agent agent, Bdf bdf, String place, Op op) {
    var body = agent.perform(bdf, op).event().body();
    spec.commandLine().getOut().println(place + ": " + OpLine.of(op, body, agent.signalled(bdf)));
  }

  private int failed(RuntimeException e, int code) {
    spec.commandLine().getErr().println("irq-ledger: " + e.getMessage());
    return code;
  }
}

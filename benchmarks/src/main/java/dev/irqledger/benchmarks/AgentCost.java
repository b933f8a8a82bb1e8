package dev.irqledger.benchmarks;

import dev.irqledger.agent.Agent;
import dev.irqledger.agent.act.OpExecutor;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.ModelledVfio;
import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.wire.KnownHeads;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an operation costs through the agent, against the bare call, on the modelled kernel. */
@Command(
    name = "agent-cost",
    mixinStandardHelpOptions = true,
    description = {
      "The median time of a SET_IRQS that takes a vector's trigger away or gives it back: the bare"
          + " call on the modelled kernel; with a look at what the kernel then shows; and through an"
          + " agent with its journal, which waits for the disk or does not.",
      "The model is no kernel: what it shows is what the agent adds. On a real kernel, in a virtual"
          + " machine: mvn -Pvm verify -pl system-tests -am -Dtest=AgentCostTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false"
    })
final class AgentCost extends Benchmark {
  private static final String BARE = "bare call";
  private static final Bdf DEVICE = new Bdf("0000:01:00.0");

  @Option(names = "--calls", defaultValue = "2000", description = "Calls in a round.")
  private int calls;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds that count.")
  private int rounds;

  @Override
  protected void measure(Report report) throws Exception {
    Comparison times = new Comparison("one call, median", "us", BARE);
    SequencedMap<String, Callable<Double>> contestants = new LinkedHashMap<>();
    contestants.put(BARE, this::bare);
    contestants.put("call and look", this::executed);
    contestants.put("agent, journal not synced", () -> throughAgent(Sync.OFF));
    contestants.put("agent, journal synced", () -> throughAgent(Sync.FULL));
    times.measure(1, rounds, this::progress, contestants);
    report.add(times);
    report.note(
        "through the agent: intent and outcome in the journal, the call, a look, the event folded;"
            + " not in it: the client's socket, and the way to Kafka, which follows the answer");
  }

  private static ModelledHost host() {
    ModelledHost host =
        new ModelledHost(
            "host",
            new KernelRelease("6.12.0"),
            new HostCapacity(1000, 1000),
            InstantSource.system());
    host.add(DEVICE, DevicePreset.NVME);
    return host;
  }

  private double bare() {
    try (ModelledVfio vfio = host().startProcess()) {
      int device = vfio.openDevice(DEVICE);
      int[] fds = {vfio.eventfd(), vfio.eventfd()};
      require(vfio.setIrqs(device, SetIrqs.triggers(IrqIndex.MSIX, 0, fds)));
      SetIrqs clear = SetIrqs.triggers(IrqIndex.MSIX, 1, -1);
      SetIrqs arm = SetIrqs.triggers(IrqIndex.MSIX, 1, fds[1]);
      return medianOf(i -> require(vfio.setIrqs(device, i % 2 == 0 ? clear : arm)));
    }
  }

  private double executed() {
    try (ModelledVfio vfio = host().startProcess();
        OpExecutor executor = new OpExecutor(vfio, DEVICE, (_, e) -> e.toString())) {
      return median(executor::execute);
    }
  }

  private double throughAgent(Sync sync) throws IOException {
    ModelledHost host = host();
    try (TemporaryFolder folder = TemporaryFolder.create("irq-ledger-journal");
        ModelledVfio vfio = host.startProcess();
        Journal journal = Journal.open(folder.path(), host.name(), sync);
        Agent agent =
            new Agent(
                vfio,
                () -> Set.copyOf(host.devices()),
                new HostLedger(
                    Incarnation.of(host.name(), "boot", 1),
                    journal,
                    KnownHeads.FIRST_EPOCH,
                    InstantSource.system()),
                (_, e) -> e.toString())) {
      return median((Op op) -> agent.perform(DEVICE, op));
    }
  }

  @FunctionalInterface
  private interface Operation {
    void perform(Op op);
  }

  private double median(Operation operation) {
    operation.perform(OpScript.parse("open"));
    operation.perform(OpScript.parse("set 2 0 2 eventfd trigger e0,e1"));
    Op clear = OpScript.parse("set 2 1 1 eventfd trigger -1");
    Op arm = OpScript.parse("set 2 1 1 eventfd trigger e1");
    return medianOf(i -> operation.perform(i % 2 == 0 ? clear : arm));
  }

  @FunctionalInterface
  private interface Numbered {
    void call(int number);
  }

  private double medianOf(Numbered work) {
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      work.call(i);
      micros.add((System.nanoTime() - start) / 1e3);
    }
    return Timed.median(micros);
  }

  private static void require(int result) {
    if (result != 0) {
      throw new IllegalStateException("the call returned " + result);
    }
  }
}

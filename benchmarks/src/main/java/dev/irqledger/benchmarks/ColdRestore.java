package dev.irqledger.benchmarks;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.service.LedgerService;
import dev.irqledger.standalone.BusyDevices;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What many devices take on disk and in memory, and how long a start without local state takes. */
@Command(
    name = "cold-restore",
    mixinStandardHelpOptions = true,
    description =
        "Fold a fleet, print what it takes, delete the local state, and restore it from the"
            + " changelogs.")
final class ColdRestore implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  @Spec private CommandSpec spec;

  @Option(names = "--hosts", defaultValue = "100", description = "Hosts.")
  private int hosts;

  @Option(names = "--devices", defaultValue = "1000", description = "Devices of each host.")
  private int devices;

  @Option(names = "--vectors", defaultValue = "32", description = "Vectors of each device.")
  private int vectors;

  @Option(names = "--partitions", defaultValue = "6", description = "Partitions of the log.")
  private int partitions;

  @Override
  public Integer call() throws IOException, ExecutionException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (LoadedLog log = new LoadedLog(partitions)) {
      log.append(new BusyDevices(hosts, devices, vectors, 1)::begin);
      long records = log.records();
      out.printf("%,d devices with %d vectors: %,d events%n", hosts * devices, vectors, records);
      long start = System.nanoTime();
      try (LedgerService service = LedgerService.start(log.settings())) {
        log.awaitFolded(service, records);
        out.printf(
            "folded in %.1f s; heap in use %,d MiB, of this process with its broker%n",
            Timed.seconds(System.nanoTime() - start), heapInUse() >> 20);
      }
      out.printf(
          "on disk: log %,d MiB, changelogs %,d MiB, local state %,d MiB%n",
          log.bytesOfTopics("irq.events") >> 20,
          log.bytesOfTopics("-changelog") >> 20,
          LoadedLog.bytes(log.stateDir()) >> 20);
      out.flush();
      new TemporaryFolder(log.stateDir()).close();
      long cold = System.nanoTime();
      try (LedgerService service = LedgerService.start(log.settings())) {
        if (!service.awaitRunning(PATIENCE)) {
          throw new IllegalStateException("not restored within " + PATIENCE);
        }
        out.printf(
            "restored from nothing in %.1f s: %,d devices%n",
            Timed.seconds(System.nanoTime() - cold), service.states().size());
      }
    }
    return 0;
  }

  private static long heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}

package dev.irqledger.benchmarks;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.service.LedgerService;
import dev.irqledger.standalone.BusyDevices;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What many devices take on disk and in memory, and how long a start without local state takes. */
@Command(
    name = "cold-restore",
    mixinStandardHelpOptions = true,
    description =
        "Fold a fleet, print what it takes, delete the local state, and restore it from the"
            + " changelogs.")
final class ColdRestore extends Benchmark {
  private static final double MIB = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  @Option(names = "--hosts", defaultValue = "100", description = "Hosts.")
  private int hosts;

  @Option(names = "--devices", defaultValue = "1000", description = "Devices of each host.")
  private int devices;

  @Option(names = "--vectors", defaultValue = "32", description = "Vectors of each device.")
  private int vectors;

  @Option(names = "--partitions", defaultValue = "6", description = "Partitions of the log.")
  private int partitions;

  @Override
  protected void measure(Report report) throws Exception {
    Comparison times = new Comparison("time to all states", "s", "all history folded");
    Comparison sizes = new Comparison("sizes", "MiB");
    try (LoadedLog log = new LoadedLog(partitions)) {
      log.append(new BusyDevices(hosts, devices, vectors, 1)::begin);
      long records = log.records();
      report.note("%,d devices, %,d events".formatted(hosts * devices, records));
      long start = System.nanoTime();
      try (LedgerService service = LedgerService.start(log.settings())) {
        log.awaitFolded(service, records);
        times.add("all history folded", Timed.seconds(System.nanoTime() - start));
        sizes.add("heap in use, with the broker's", heapInUse() / MIB);
      }
      sizes.add("irq.events", log.bytesOfTopics("irq.events") / MIB);
      sizes.add("changelogs", log.bytesOfTopics("-changelog") / MIB);
      sizes.add("local state", LoadedLog.bytes(log.stateDir()) / MIB);
      new TemporaryFolder(log.stateDir()).close();
      long cold = System.nanoTime();
      try (LedgerService service = LedgerService.start(log.settings())) {
        if (!service.awaitRunning(PATIENCE)) {
          throw new IllegalStateException("not restored within " + PATIENCE);
        }
        times.add("restored from the changelogs", Timed.seconds(System.nanoTime() - cold));
        report.note("%,d devices restored".formatted(service.states().size()));
      }
    }
    report.add(times);
    report.add(sizes);
  }

  private static long heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}

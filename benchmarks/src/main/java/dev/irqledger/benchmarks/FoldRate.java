package dev.irqledger.benchmarks;

import dev.irqledger.service.LedgerService;
import dev.irqledger.standalone.BusyDevices;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast the service folds events of large devices, against small ones in the same run. */
@Command(
    name = "fold-rate",
    mixinStandardHelpOptions = true,
    description = {
      "Events a second that the service folds, of devices with few and with many vectors.",
      "Each event touches one vector. Every round has its own broker and begins with nothing; the"
          + " first tenth is not measured. Printed are the rounds, the medians and their ratio."
    })
final class FoldRate extends Benchmark {
  @Option(names = "--events", defaultValue = "200000", description = "Events in a round.")
  private int events;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds of each kind.")
  private int rounds;

  @Option(names = "--devices", defaultValue = "64", description = "Devices, on 8 hosts.")
  private int devices;

  @Option(names = "--few", defaultValue = "32", description = "Vectors of a small device.")
  private int few;

  @Option(names = "--many", defaultValue = "2048", description = "Vectors of a large device.")
  private int many;

  @Override
  protected void measure(Report report) throws Exception {
    String baseline = few + " vectors";
    Comparison rates = new Comparison("folded by the service", "events/s", baseline);
    SequencedMap<String, Callable<Double>> contestants = new LinkedHashMap<>();
    contestants.put(baseline, () -> rate(few));
    contestants.put(many + " vectors", () -> rate(many));
    rates.measure(0, rounds, this::progress, contestants);
    report.add(rates);
  }

  private double rate(int vectors) throws IOException, ExecutionException, InterruptedException {
    try (LoadedLog log = new LoadedLog(1)) {
      log.append(BusyDevices.moving(8, devices / 8, vectors, events));
      long all = log.records();
      long first = all - events + events / 10;
      try (LedgerService service = LedgerService.start(log.settings())) {
        log.awaitFolded(service, first);
        long start = System.nanoTime();
        log.awaitFolded(service, all);
        return (all - first) / Timed.seconds(System.nanoTime() - start);
      }
    }
  }
}

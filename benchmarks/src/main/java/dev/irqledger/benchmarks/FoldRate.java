package dev.irqledger.benchmarks;

import dev.irqledger.service.LedgerService;
import dev.irqledger.standalone.BusyDevices;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast the service folds events of large devices, against small ones in the same run. */
@Command(
    name = "fold-rate",
    mixinStandardHelpOptions = true,
    description = {
      "Events a second that the service folds, of devices with few and with many vectors.",
      "Each event touches one vector. Every round has its own broker and begins with nothing; the"
          + " first tenth is not measured. Printed are the rounds, the medians and their ratio."
    })
final class FoldRate implements Callable<Integer> {
  @Spec private CommandSpec spec;

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
  public Integer call() throws IOException, ExecutionException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<Double> small = new ArrayList<>();
    List<Double> large = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      small.add(rate(few, round));
      large.add(rate(many, round));
      out.printf(
          "round %d: %,.0f events/s with %d vectors, %,.0f with %d%n",
          round, small.getLast(), few, large.getLast(), many);
      out.flush();
    }
    out.printf(
        "median: %,.0f and %,.0f events/s: %.2f of the rate of small devices (%d events, %d"
            + " devices, %d rounds)%n",
        Timed.median(small),
        Timed.median(large),
        Timed.median(large) / Timed.median(small),
        events,
        devices,
        rounds);
    return 0;
  }

  private double rate(int vectors, long seed)
      throws IOException, ExecutionException, InterruptedException {
    try (LoadedLog log = new LoadedLog(1)) {
      BusyDevices busy = new BusyDevices(8, devices / 8, vectors, seed);
      log.append(to -> {
        busy.begin(to);
        for (int i = 0; i < events / 2; i++) {
          busy.move(to);
        }
      });
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

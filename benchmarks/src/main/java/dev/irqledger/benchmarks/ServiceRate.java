package dev.irqledger.benchmarks;

import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast the service folds, against a topology that folds nothing and a plain consumer. */
@Command(
    name = "service-rate",
    mixinStandardHelpOptions = true,
    description = {
      "Events a second that the service folds under exactly_once_v2, against a Streams topology"
          + " that only copies the records with the same settings, and against a plain consumer.",
      "One broker, in this process, and one log for all; a round does each once, anew from the"
          + " log's beginning. The first tenth of each is not measured, nor the first round."
    })
final class ServiceRate extends Benchmark {
  private static final String COPY = "copying topology";
  private static final String CONSUMER = "plain consumer";

  @Option(names = "--events", defaultValue = "200000", description = "Events of the log.")
  private int events;

  @Mixin private final Fleet fleet = new Fleet();

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds that count.")
  private int rounds;

  private final AtomicInteger runs = new AtomicInteger();

  @Override
  protected void measure(Report report) throws Exception {
    try (LoadedLog log = new LoadedLog(fleet.partitions())) {
      log.append(fleet.moving(events));
      Comparison rates = new Comparison("taken and committed", "events/s", COPY, CONSUMER);
      SequencedMap<String, Callable<Double>> contestants = new LinkedHashMap<>();
      contestants.put("service", () -> service(log));
      contestants.put(COPY, () -> copy(log));
      contestants.put(CONSUMER, () -> consumer(log));
      rates.measure(1, rounds, this::progress, contestants);
      report.add(rates);
    }
  }

  private double service(LoadedLog log) throws Exception {
    ServiceSettings settings = anew(log);
    try (LedgerService service = LedgerService.start(settings)) {
      return rate(log, settings, service::stopped);
    }
  }

  private double copy(LoadedLog log) throws Exception {
    ServiceSettings settings = anew(log);
    try (CopyingTopology copying =
        CopyingTopology.start(log, settings, settings.applicationId() + ".copies")) {
      return rate(log, settings, copying::stopped);
    }
  }

  private ServiceSettings anew(LoadedLog log) {
    return log.settings().withApplicationId("run-" + runs.incrementAndGet());
  }

  static double rate(LoadedLog log, ServiceSettings settings, BooleanSupplier stopped)
      throws Exception {
    long all = log.records();
    long first = log.awaitCommitted(settings.applicationId(), all / 10, stopped);
    long start = System.nanoTime();
    long last = log.awaitCommitted(settings.applicationId(), all, stopped);
    return (last - first) / Timed.seconds(System.nanoTime() - start);
  }

  private static double consumer(LoadedLog log) throws Exception {
    long all = log.records();
    AtomicLong first = new AtomicLong();
    AtomicLong start = new AtomicLong();
    long read =
        log.consume(
            all,
            all / 10,
            reached -> {
              first.set(reached);
              start.set(System.nanoTime());
            });
    return (read - first.get()) / Timed.seconds(System.nanoTime() - start.get());
  }
}

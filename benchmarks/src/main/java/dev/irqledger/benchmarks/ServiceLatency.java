package dev.irqledger.benchmarks;

import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long it takes from an event to its result, at half of what the service can do. */
@Command(
    name = "service-latency",
    mixinStandardHelpOptions = true,
    description = {
      "From the time at which an event was to be sent to the time at which a reader of committed"
          + " records has its result: the device's state from the service, the copy from a topology"
          + " that only copies, the event itself from a plain consumer. All at the same rate: half"
          + " of what the service folds in this run, unless told otherwise.",
      "Events are sent by the clock, however late answers are: a pause counts for all events that"
          + " it holds up."
    })
final class ServiceLatency extends Benchmark {
  private static final Duration MOST = Duration.ofMinutes(1);

  @Option(names = "--rate", defaultValue = "0", description = "Events a second (default: half).")
  private int rate;

  @Option(names = "--seconds", defaultValue = "10", description = "How long a round sends.")
  private int seconds;

  @Mixin private final Fleet fleet = new Fleet();

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds that count.")
  private int rounds;

  private final AtomicInteger runs = new AtomicInteger();

  /** By the percentile. */
  private final List<Percentile> percentiles =
      List.of(new Percentile(50), new Percentile(99), new Percentile(99.9));

  private record Percentile(double percent, Comparison comparison) {
    Percentile(double percent) {
      this(
          percent,
          new Comparison(
              "event to result, p" + percent, "ms", "copying topology", "plain consumer"));
    }
  }

  @Override
  protected void measure(Report report) throws Exception {
    int perSecond = rate > 0 ? rate : Math.max(1, (int) (capacity() / 2));
    report.note("%,d events/s in every round".formatted(perSecond));
    for (int round = 0; round <= rounds; round++) {
      add(round, "service", service(perSecond));
      add(round, "copying topology", copied(perSecond));
      add(round, "plain consumer", consumed(perSecond));
    }
    percentiles.forEach(each -> report.add(each.comparison));
  }

  private void add(int round, String name, Histogram micros) {
    progress(
        "round %d: %s p50 %.1f ms, p99 %.1f ms"
            .formatted(
                round,
                name,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3));
    if (round > 0) {
      percentiles.forEach(
          each -> each.comparison.add(name, micros.getValueAtPercentile(each.percent) / 1e3));
    }
  }

  /** How many events a second the service folds when they are there already. */
  private double capacity() throws Exception {
    int events = 100_000;
    try (LoadedLog log = new LoadedLog(fleet.partitions())) {
      log.append(fleet.moving(events));
      ServiceSettings settings = log.settings();
      try (LedgerService service = LedgerService.start(settings)) {
        return ServiceRate.rate(log, settings, service::stopped);
      }
    }
  }

  private Histogram service(int perSecond) throws Exception {
    try (LoadedLog log = new LoadedLog(fleet.partitions());
        LedgerService service = LedgerService.start(log.settings())) {
      return timed(log, perSecond, Topic.DEVICE_STATE.topicName(), new Arrival.States(), service);
    }
  }

  private Histogram copied(int perSecond) throws Exception {
    String copies = "copies-" + runs.incrementAndGet();
    try (LoadedLog log = new LoadedLog(fleet.partitions());
        CopyingTopology copying = CopyingTopology.start(log, log.settings(), copies)) {
      return timed(log, perSecond, copies, new Arrival.Counted(), copying);
    }
  }

  private Histogram consumed(int perSecond) throws Exception {
    try (LoadedLog log = new LoadedLog(fleet.partitions())) {
      return timed(log, perSecond, Topic.EVENTS.topicName(), new Arrival.Counted(), () -> {});
    }
  }

  /** The first quarter of the events is sent like the others, and not counted. */
  private Histogram timed(
      LoadedLog log, int perSecond, String topic, Arrival arrival, AutoCloseable running)
      throws Exception {
    if (running instanceof LedgerService service && !service.awaitRunning(MOST)) {
      throw new IllegalStateException("the service does not run after " + MOST);
    }
    List<SealedEvent> events = new ArrayList<>();
    int moves = perSecond * seconds / 2 * 2;
    fleet.moving(moves).accept(events::add);
    try (ScheduledLoad load = new ScheduledLoad(log, topic, arrival)) {
      return load.send(events, perSecond, events.size() - moves * 3 / 4);
    }
  }
}

package dev.irqledger.benchmarks;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.standalone.GuestArchive;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast a full replay is, against reading the same records and doing less with them. */
@Command(
    name = "replay-rate",
    mixinStandardHelpOptions = true,
    description = {
      "Events a second of a full replay, from an archive and from Kafka, against merely decoding"
          + " the archive's records, and against a plain consumer that reads the same records and"
          + " only counts them.",
      "One history for all; each round does each once, in turn. The first round is not counted."
    })
final class ReplayRate extends Benchmark {
  private static final int HOSTS = 100;
  private static final String CONSUMER = "plain consumer";
  private static final String DECODING = "decode, archive";

  @Option(names = "--events", defaultValue = "1000000", description = "Events of the history.")
  private long events;

  @Option(names = "--devices", defaultValue = "10000", description = "Devices, on 100 hosts.")
  private int devices;

  @Option(names = "--partitions", defaultValue = "6", description = "Partitions of the log.")
  private int partitions;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds that count.")
  private int rounds;

  @Override
  protected void measure(Report report) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create("irq-ledger-replay");
        LoadedLog log = new LoadedLog(partitions)) {
      Path archive = folder.path().resolve("archive");
      GuestArchive.write(archive, events, HOSTS, devices, partitions, _ -> {});
      try (LogSource source = ArchiveLogSource.open(archive)) {
        log.copy(source);
        measure(report, log, source);
      }
    }
  }

  private void measure(Report report, LoadedLog log, LogSource archive) throws Exception {
    EventCodec codec = EventCodec.releasedOnly();
    Comparison rates = new Comparison("read to the end", "events/s", CONSUMER, DECODING);
    Comparison costs = rates.withProcessorTime(events);
    SequencedMap<String, Callable<Double>> contestants = new LinkedHashMap<>();
    contestants.put("replay, archive", () -> rate(() -> replay(archive, codec)));
    contestants.put(DECODING, () -> rate(() -> decode(archive, codec)));
    contestants.put(CONSUMER, () -> rate(() -> require(log.consume(events))));
    contestants.put("replay, Kafka", () -> rate(() -> replayKafka(log, codec)));
    rates.measure(1, rounds, this::progress, contestants);
    report.add(rates);
    report.add(costs);
    report.note(
        "the processor time of plain consumer and replay from Kafka includes the broker's, which is"
            + " in the same process");
  }

  private double rate(LongSupplier work) {
    return events / Timed.seconds(work);
  }

  private long replayKafka(LoadedLog log, EventCodec codec) {
    try (LogSource source = log.source()) {
      return replay(source, codec);
    }
  }

  private long replay(LogSource source, EventCodec codec) {
    return require(FullReplay.of(source, codec).events());
  }

  /** Decodes every record of a log, and gives their number. */
  private long decode(LogSource source, EventCodec codec) {
    long[] decoded = {0};
    source.read(
        FullReplay.end(source, codec).last(),
        record -> {
          decoded[0] += codec.decode(record.value()) instanceof Decoded.Value<?> ? 1 : 0;
          return true;
        });
    return require(decoded[0]);
  }

  private long require(long seen) {
    if (seen != events) {
      throw new IllegalStateException(seen + " of " + events + " events");
    }
    return seen;
  }
}

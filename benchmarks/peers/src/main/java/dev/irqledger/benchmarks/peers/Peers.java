package dev.irqledger.benchmarks.peers;

import dev.irqledger.benchmarks.Benchmark;
import dev.irqledger.benchmarks.Comparison;
import dev.irqledger.benchmarks.FullReplay;
import dev.irqledger.benchmarks.LoadedLog;
import dev.irqledger.benchmarks.Report;
import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.standalone.GuestArchive;
import dev.irqledger.wire.EventCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The same fold of the same events by other engines. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    description = {
      "Events a second from a durable store to the states of all devices: this program's replay of"
          + " an archive and of Kafka; Pekko Persistence, an actor for each device, from its LevelDB"
          + " journal and from its JDBC journal on H2; a Flink job in its local cluster, from Kafka,"
          + " keyed by device. All decode the same bytes and call the same fold, and all must come to"
          + " the same number of events and violations.",
      "Not measured: the start of actor system and cluster, and what writing the journals takes."
    })
final class Peers extends Benchmark {
  private static final int HOSTS = 100;
  private static final String OWN_ARCHIVE = "IRQ Ledger, archive";
  private static final String OWN_KAFKA = "IRQ Ledger, Kafka";
  private static final String CONSUMER = "plain consumer";

  @Option(names = "--events", defaultValue = "300000", description = "Events of the history.")
  private long events;

  @Option(names = "--devices", defaultValue = "2000", description = "Devices, on 100 hosts.")
  private int devices;

  @Option(names = "--partitions", defaultValue = "6", description = "Partitions of the log.")
  private int partitions;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds that count.")
  private int rounds;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Peers()).execute(args));
  }

  @Override
  protected void measure(Report report) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create("irq-ledger-peers");
        LoadedLog log = new LoadedLog(partitions)) {
      Path archive = folder.path().resolve("archive");
      GuestArchive.write(archive, events, HOSTS, devices, partitions, _ -> {});
      try (LogSource source = ArchiveLogSource.open(archive)) {
        log.copy(source);
        measure(report, folder.path(), source, log);
      }
    }
  }

  private void measure(Report report, Path folder, LogSource archive, LoadedLog log)
      throws Exception {
    Map<String, List<byte[]>> byDevice = byDevice(archive);
    PekkoJournal levelDb = PekkoJournal.levelDb(Files.createDirectory(folder.resolve("leveldb")));
    PekkoJournal h2 = PekkoJournal.jdbcOnH2(Files.createDirectory(folder.resolve("h2")));
    progress("writing Pekko's LevelDB journal");
    levelDb.write(byDevice, this::progress);
    progress("writing Pekko's JDBC journal");
    h2.write(byDevice, this::progress);
    List<String> names = List.copyOf(byDevice.keySet());
    Tally expected = tally(archive);
    byDevice.clear();

    Comparison rates =
        new Comparison("store to states", "events/s", OWN_ARCHIVE, OWN_KAFKA, CONSUMER);
    Comparison costs = rates.withProcessorTime(events);
    SequencedMap<String, Callable<Double>> contestants = new LinkedHashMap<>();
    contestants.put(OWN_ARCHIVE, () -> replay(archive));
    contestants.put(OWN_KAFKA, () -> replayKafka(log));
    contestants.put(CONSUMER, () -> consume(log));
    contestants.put("Pekko Persistence, LevelDB", () -> levelDb.recover(names, events, expected));
    contestants.put("Pekko Persistence, H2", () -> h2.recover(names, events, expected));
    int slots = Runtime.getRuntime().availableProcessors();
    contestants.put("Flink, Kafka", () -> FlinkJob.fold(log.bootstrapServers(), slots, expected));
    rates.measure(1, rounds, this::progress, contestants);
    report.add(rates);
    report.add(costs);
    report.note(
        "the processor time of what reads Kafka includes the broker's, which is in the same process;"
            + " that of the others the starts of actor system and cluster");
    report.note(
        "each folded %,d events with %,d violations"
            .formatted(expected.events(), expected.violations()));
  }

  private static Map<String, List<byte[]>> byDevice(LogSource archive) {
    Map<String, List<byte[]>> events = new TreeMap<>();
    archive.read(
        FullReplay.end(archive, EventCodec.releasedOnly()).last(),
        record -> {
          byte[] key = record.key();
          byte[] value = record.value();
          if (key == null || value == null) {
            throw new IllegalStateException("an event without key or value");
          }
          events
              .computeIfAbsent(new String(key, StandardCharsets.UTF_8), _ -> new ArrayList<>())
              .add(value);
          return true;
        });
    return events;
  }

  private static Tally tally(LogSource archive) {
    Tally[] all = {Tally.NONE};
    var _ =
        new Replayer(archive, EventCodec.releasedOnly())
            .replay(
                FullReplay.end(archive, EventCodec.releasedOnly()),
                _ -> true,
                _ -> true,
                (_, _, folded) -> all[0] = all[0].plus(new Tally(1, folded.violations().size())));
    return all[0];
  }

  private double replayKafka(LoadedLog log) {
    try (LogSource source = log.source()) {
      return replay(source);
    }
  }

  private double replay(LogSource source) {
    long start = System.nanoTime();
    return rate(start, FullReplay.of(source, EventCodec.releasedOnly()).events());
  }

  private double consume(LoadedLog log) {
    long start = System.nanoTime();
    return rate(start, log.consume(events));
  }

  private double rate(long start, long seen) {
    if (seen != events) {
      throw new IllegalStateException(seen + " of " + events + " events");
    }
    return events / ((System.nanoTime() - start) / 1e9);
  }
}

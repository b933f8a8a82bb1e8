package dev.irqledger.benchmarks;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.standalone.GuestArchive;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class ReplayRate implements Callable<Integer> {
  private static final int HOSTS = 100;

  @Spec private CommandSpec spec;

  @Option(names = "--events", defaultValue = "1000000", description = "Events of the history.")
  private long events;

  @Option(names = "--devices", defaultValue = "10000", description = "Devices, on 100 hosts.")
  private int devices;

  @Option(names = "--partitions", defaultValue = "6", description = "Partitions of the log.")
  private int partitions;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds that count.")
  private int rounds;

  /** What is done with the records. */
  private enum Work {
    REPLAY_ARCHIVE("replay, archive"),
    DECODE_ARCHIVE("decode, archive"),
    CONSUME("plain consumer"),
    REPLAY_KAFKA("replay, Kafka");

    private final String label;

    Work(String label) {
      this.label = label;
    }
  }

  @Override
  public Integer call() throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create("irq-ledger-replay");
        LoadedLog log = new LoadedLog(partitions)) {
      Path archive = folder.path().resolve("archive");
      GuestArchive.write(archive, events, HOSTS, devices, partitions, _ -> {});
      try (LogSource source = ArchiveLogSource.open(archive)) {
        log.copy(source);
        measure(log, source);
      }
    }
    return 0;
  }

  private void measure(LoadedLog log, LogSource archive) {
    EventCodec codec = EventCodec.releasedOnly();
    Map<Work, List<Double>> rates = new EnumMap<>(Work.class);
    for (int round = 0; round <= rounds; round++) {
      for (Work work : Work.values()) {
        double rate =
            events
                / Timed.seconds(() ->
                    switch (work) {
                      case REPLAY_ARCHIVE -> replay(archive, codec);
                      case DECODE_ARCHIVE -> decode(archive, codec);
                      case CONSUME -> require(log.consume(events));
                      case REPLAY_KAFKA -> replayKafka(log, codec);
                    });
        if (round > 0) {
          rates.computeIfAbsent(work, _ -> new ArrayList<>()).add(rate);
        }
      }
    }
    print(rates);
  }

  private long replayKafka(LoadedLog log, EventCodec codec) {
    try (LogSource source = log.source()) {
      return replay(source, codec);
    }
  }

  private long replay(LogSource source, EventCodec codec) {
    ResolvedPoint end = end(source, codec);
    long folded =
        new Replayer(source, codec, Runtime.getRuntime().availableProcessors())
            .rebuild(end, _ -> true, _ -> true)
            .events();
    return require(folded);
  }

  /** Decodes every record of a log, and gives their number. */
  private long decode(LogSource source, EventCodec codec) {
    long[] decoded = {0};
    source.read(
        end(source, codec).last(),
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

  private static ResolvedPoint end(LogSource source, EventCodec codec) {
    return new PointResolver(source, codec, InstantSource.system()).resolve(Point.LATEST, null);
  }

  private void print(Map<Work, List<Double>> rates) {
    PrintWriter out = spec.commandLine().getOut();
    double consumer = Timed.median(rates.getOrDefault(Work.CONSUME, List.of()));
    double decoding = Timed.median(rates.getOrDefault(Work.DECODE_ARCHIVE, List.of()));
    out.printf(
        "%,d events of %,d devices, medians of %d rounds%n%-16s %12s %12s %12s%n",
        events, devices, rounds, "", "events/s", "of consumer", "of decoding");
    rates.forEach((work, each) -> {
      double rate = Timed.median(each);
      out.printf(
          "%-16s %,12.0f %12.2f %12.2f%n", work.label, rate, rate / consumer, rate / decoding);
    });
    out.flush();
  }
}

package dev.irqledger.benchmarks;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.standalone.GuestArchive;
import dev.irqledger.wire.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a state at a point costs, in an archive of a long history and in one of a short one. */
@Command(
    name = "point-in-time",
    mixinStandardHelpOptions = true,
    description = {
      "Write two archives of the same fleet, one with few of the other's events; ask for one"
          + " device at random times, each time in a process of its own; then for all devices, with"
          + " checkpoints and without."
    })
final class PointInTime extends Benchmark {
  private static final int HOSTS = 100;

  @Option(names = "--events", defaultValue = "1000000", description = "Events of the long one.")
  private long events;

  @Option(names = "--few", defaultValue = "100000", description = "Events of the short one.")
  private long few;

  @Option(names = "--devices", defaultValue = "10000", description = "Devices, on 100 hosts.")
  private int devices;

  @Option(names = "--partitions", defaultValue = "6", description = "Partitions of the log.")
  private int partitions;

  @Option(names = "--questions", defaultValue = "20", description = "Times and devices asked for.")
  private int questions;

  @Option(names = "--dir", description = "Keep the archives there, in directories that are new.")
  private @Nullable Path kept;

  @Option(
      names = "--program",
      defaultValue = "${sys:irq-ledger.program}",
      description = "The program that is asked (default: that of this checkout).")
  private String program;

  @Override
  protected void measure(Report report) throws Exception {
    Path directory = kept == null ? Files.createTempDirectory("irq-ledger-archives") : kept;
    try {
      ask(
          report,
          written(report, directory.resolve("short"), few),
          written(report, directory.resolve("long"), events));
      wholeFleet(report, directory.resolve("long"));
    } finally {
      if (kept == null) {
        new TemporaryFolder(directory).close();
      }
    }
  }

  private GuestArchive written(Report report, Path directory, long count) throws IOException {
    long start = System.nanoTime();
    GuestArchive archive =
        GuestArchive.write(directory, count, HOSTS, devices, partitions, this::written);
    double seconds = Timed.seconds(System.nanoTime() - start);
    report.note(
        "%,d events of %,d devices written in %.0f s: records %,d MB, index %,d MB, checkpoints %,d MB"
            .formatted(
                count,
                devices,
                seconds,
                bytes(directory, ".events.avro") / 1_000_000,
                (bytes(directory, ".blocks.avro") + bytes(directory, ".ids.avro")) / 1_000_000,
                LoadedLog.bytes(directory.resolve("checkpoints")) / 1_000_000));
    return archive;
  }

  /** Of both archives in turn. */
  private void ask(Report report, GuestArchive small, GuestArchive large)
      throws IOException, InterruptedException {
    String baseline = "%,d events".formatted(small.events());
    Comparison millis = new Comparison("one device, a process of its own", "ms", baseline);
    Comparison folded = new Comparison("for it, folded", "events", baseline);
    Comparison bytes = new Comparison("for it, read of the archive", "KB", baseline);
    Random random = new Random(2);
    for (int i = 0; i < questions; i++) {
      for (GuestArchive archive : List.of(small, large)) {
        Question answer = Question.ask(program, question(archive, random));
        String name = "%,d events".formatted(archive.events());
        millis.add(name, answer.millis());
        folded.add(name, (double) answer.folded());
        bytes.add(name, answer.bytes() / 1e3);
      }
    }
    report.add(millis);
    report.add(folded);
    report.add(bytes);
  }

  private String[] question(GuestArchive archive, Random random) {
    // not at the very beginning, where a device may not have been seen yet
    Duration whole = Duration.between(archive.begin(), archive.end());
    Instant at =
        archive.begin().plusMillis((long) (whole.toMillis() * (0.5 + random.nextDouble() / 2)));
    int each = devices / 100;
    int device = random.nextInt(each);
    String name =
        "hv-%04d/0000:%02x:%02x.%d"
            .formatted(random.nextInt(100), device >> 8, device >> 3 & 0x1f, device & 7);
    return new String[] {
      "replay",
      "state",
      "--archive",
      archive.directory().toString(),
      "--at",
      "time:" + at,
      "-d",
      name
    };
  }

  private static void wholeFleet(Report report, Path directory) {
    Comparison times = new Comparison("all devices at the end", "s", "without checkpoints");
    try (ArchiveLogSource source = ArchiveLogSource.open(directory)) {
      EventCodec codec = source.lookups().codec();
      ResolvedPoint end =
          new PointResolver(source, codec, InstantSource.system()).resolve(Point.LATEST, null);
      Replayer replayer = new Replayer(source, codec);
      times.add(
          "from checkpoints",
          Timed.seconds(() -> replayer.state(end, Devices.ALL, _ -> true).devices().size()));
      times.add(
          "without checkpoints",
          Timed.seconds(() -> replayer.rebuild(end, _ -> true, _ -> true).devices().size()));
    }
    report.add(times);
  }

  private static long bytes(Path directory, String suffix) throws IOException {
    return LoadedLog.bytes(directory, suffix);
  }

  private void written(long count) {
    if (count % 1_000_000 == 0) {
      progress("%,d events written".formatted(count));
    }
  }
}

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
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a state at a point costs, in an archive of a long history and in one of a short one. */
@Command(
    name = "point-in-time",
    mixinStandardHelpOptions = true,
    description = {
      "Write two archives of the same fleet, one with few of the other's events; ask for one"
          + " device at random times, each time in a process of its own; then for all devices, with"
          + " checkpoints and without."
    })
final class PointInTime implements Callable<Integer> {
  private static final int HOSTS = 100;

  @Spec private CommandSpec spec;

  @Option(names = "--events", defaultValue = "10000000", description = "Events of the long one.")
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
  public Integer call() throws IOException, InterruptedException {
    Path directory = kept == null ? Files.createTempDirectory("irq-ledger-archives") : kept;
    try {
      Answers small = ask(directory.resolve("short"), few);
      Answers large = ask(directory.resolve("long"), events);
      out()
          .printf(
              "%,d against %,d events: %.2f of the time, %.2f of the events folded, %.2f of the"
                  + " bytes read%n",
              events,
              few,
              large.millis / small.millis,
              (double) large.folded / small.folded,
              (double) large.bytes / small.bytes);
      wholeFleet(directory.resolve("long"));
    } finally {
      if (kept == null) {
        new TemporaryFolder(directory).close();
      }
    }
    return 0;
  }

  /** Medians. */
  private record Answers(double millis, long folded, long bytes) {}

  private Answers ask(Path directory, long count) throws IOException, InterruptedException {
    long start = System.nanoTime();
    GuestArchive archive =
        GuestArchive.write(directory, count, HOSTS, devices, partitions, this::progress);
    double seconds = Timed.seconds(System.nanoTime() - start);
    out()
        .printf(
            "%,d events of %,d devices written in %.0f s: records %,d MB, index %,d MB,"
                + " checkpoints %,d MB%n",
            count,
            devices,
            seconds,
            bytes(directory, ".events.avro") / 1_000_000,
            (bytes(directory, ".blocks.avro") + bytes(directory, ".ids.avro")) / 1_000_000,
            LoadedLog.bytes(directory.resolve("checkpoints")) / 1_000_000);
    Random random = new Random(2);
    List<Question> asked = new ArrayList<>();
    for (int i = 0; i < questions; i++) {
      asked.add(Question.ask(program, question(archive, random)));
    }
    Answers answers =
        new Answers(
            asked.stream().mapToDouble(Question::millis).sorted().toArray()[questions / 2],
            median(asked, Question::folded),
            median(asked, Question::bytes));
    out()
        .printf(
            "  one device at a time of its own, a process each, median of %d: %.0f ms, %,d events"
                + " folded, %,d bytes read%n",
            questions, answers.millis, answers.folded, answers.bytes);
    out().flush();
    return answers;
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

  private static long median(List<Question> asked, ToLongFunction<Question> of) {
    long[] sorted = asked.stream().mapToLong(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private void wholeFleet(Path directory) {
    try (ArchiveLogSource source = ArchiveLogSource.open(directory)) {
      EventCodec codec = source.lookups().codec();
      ResolvedPoint end =
          new PointResolver(source, codec, InstantSource.system()).resolve(Point.LATEST, null);
      Replayer replayer = new Replayer(source, codec);
      double near =
          Timed.seconds(() -> replayer.state(end, Devices.ALL, _ -> true).devices().size());
      double far =
          Timed.seconds(() -> replayer.rebuild(end, _ -> true, _ -> true).devices().size());
      out().printf("all devices at the end: %.1f s from checkpoints, %.1f s without%n", near, far);
      out().flush();
    }
  }

  private static long bytes(Path directory, String suffix) throws IOException {
    return LoadedLog.bytes(directory, suffix);
  }

  private void progress(long written) {
    if (written % 1_000_000 == 0) {
      spec.commandLine().getErr().printf("%,d events written%n", written);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

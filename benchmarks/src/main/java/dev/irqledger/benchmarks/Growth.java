package dev.irqledger.benchmarks;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.standalone.BusyDevices;
import dev.irqledger.standalone.GuestArchive;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.SealedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How cost grows with the number of devices, with their vectors, and with the history. */
@Command(
    name = "growth",
    mixinStandardHelpOptions = true,
    description = {
      "What an event costs in a full replay of an archive with few and with many devices; what"
          + " decoding and folding an event costs with few and with many vectors; what one device's"
          + " state at a point costs in archives of a short and of a long history (in this process,"
          + " the archive opened anew for each). A table and a plot for each."
    })
final class Growth extends Benchmark {
  private static final int HOSTS = 100;

  @Option(names = "--devices", split = ",", defaultValue = "1000,10000,100000")
  private List<Integer> devices;

  @Option(names = "--vectors", split = ",", defaultValue = "1,8,32,128,512,2048")
  private List<Integer> vectors;

  @Option(
      names = "--history",
      split = ",",
      defaultValue = "100000,300000,1000000",
      description = "Events of the archives in which points are asked for; 10000000 takes minutes.")
  private List<Integer> history;

  @Option(names = "--events", defaultValue = "300000", description = "Events of the replays.")
  private int events;

  @Option(names = "--questions", defaultValue = "20", description = "Points asked for in a round.")
  private int questions;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds that count.")
  private int rounds;

  @Option(
      names = "--plots",
      defaultValue = "target/benchmarks",
      description = "The folder for the plots, SVG (default: ${DEFAULT-VALUE}).")
  private Path plots;

  @Override
  protected void measure(Report report) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create("irq-ledger-growth")) {
      byVectors(report);
      byDevices(report, folder.path());
      byHistory(report, folder.path());
    }
  }

  @FunctionalInterface
  private interface Prepared {
    /** Prepares a size, and gives what measures it. */
    Callable<Double> of(int size) throws Exception;
  }

  private Comparison compare(
      String title, String unit, String sizeName, List<Integer> sizes, Prepared prepared)
      throws Exception {
    Comparison comparison = new Comparison(title, unit, name(sizes.getFirst(), sizeName));
    SequencedMap<String, Callable<Double>> contestants = new LinkedHashMap<>();
    for (int size : sizes) {
      contestants.put(name(size, sizeName), prepared.of(size));
    }
    comparison.measure(1, rounds, this::progress, contestants);
    return comparison;
  }

  private static String name(int size, String what) {
    return "%,d %s".formatted(size, what);
  }

  private void byVectors(Report report) throws Exception {
    Comparison cost =
        compare("decode and fold an event", "ns", "vectors", vectors, size -> folding(size));
    report.add(cost);
    Plot.write(plots.resolve("growth-vectors.svg"), cost, "vectors of a device", vectors);
  }

  private Callable<Double> folding(int size) {
    List<SealedEvent> log = new ArrayList<>();
    BusyDevices.moving(2, 8, size, events / 4).accept(log::add);
    int opening = log.size() - events / 4 / 2 * 2;
    return () -> {
      EventCodec codec = EventCodec.releasedOnly();
      Map<DeviceKey, DeviceState> states = new HashMap<>();
      log.subList(0, opening).forEach(sealed -> fold(states, codec, sealed.bytes()));
      long start = System.nanoTime();
      log.subList(opening, log.size()).forEach(sealed -> fold(states, codec, sealed.bytes()));
      return (System.nanoTime() - start) / (double) (log.size() - opening);
    };
  }

  private static void fold(Map<DeviceKey, DeviceState> states, EventCodec codec, byte[] bytes) {
    if (!(codec.decode(bytes) instanceof Decoded.Value<InterruptEvent>(InterruptEvent event))) {
      throw new IllegalStateException("not decoded");
    }
    DeviceState before = states.getOrDefault(event.device(), DeviceState.unseen(event.device()));
    states.put(event.device(), Ledger.fold(before, event).state());
  }

  private void byDevices(Report report, Path folder) throws Exception {
    Comparison cost =
        compare(
            "replay an event from an archive",
            "ns",
            "devices",
            devices,
            size -> {
              Path directory = folder.resolve("devices-" + size);
              GuestArchive.write(directory, events, HOSTS, size, 6, _ -> {});
              return () -> replaying(directory);
            });
    report.add(cost);
    Plot.write(plots.resolve("growth-devices.svg"), cost, "devices of the fleet", devices);
  }

  private double replaying(Path directory) {
    try (ArchiveLogSource source = ArchiveLogSource.open(directory)) {
      EventCodec codec = source.lookups().codec();
      double seconds = Timed.seconds(() -> FullReplay.of(source, codec).events());
      return seconds * 1e9 / events;
    }
  }

  private void byHistory(Report report, Path folder) throws Exception {
    Comparison cost =
        compare(
            "one device at a point",
            "ms",
            "events",
            history,
            size -> {
              GuestArchive archive =
                  GuestArchive.write(
                      folder.resolve("history-" + size), size, HOSTS, 10_000, 6, _ -> {});
              Random random = new Random(2);
              return () -> asking(archive, random);
            });
    report.add(cost);
    Plot.write(plots.resolve("growth-history.svg"), cost, "events of the history", history);
  }

  /** Not at the very beginning, where a device may not have been seen yet. */
  private double asking(GuestArchive archive, Random random) {
    long whole = Duration.between(archive.begin(), archive.end()).toMillis();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < questions; i++) {
      Point at =
          new Point.LogTime(
              archive.begin().plusMillis((long) (whole * (0.5 + random.nextDouble() / 2))));
      String host = "hv-%04d".formatted(random.nextInt(HOSTS));
      long start = System.nanoTime();
      try (ArchiveLogSource source = ArchiveLogSource.open(archive.directory())) {
        EventCodec codec = source.lookups().codec();
        var _ =
            new Replayer(source, codec)
                .state(
                    FullReplay.at(source, codec, at),
                    new Devices(host, new Bdf("0000:00:01.0")),
                    _ -> true);
      }
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return Timed.median(millis);
  }
}

package dev.irqledger.standalone;

import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.replay.Image;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.live.LiveApi;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.SealedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The demonstration: what runs, and what is shown of it, in order. */
final class Demo implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PARTITIONS = 4;
  private static final String SERVICE = "service";

  /** Which vector the faulty kernel gives another irq: one that the driver gives back. */
  private static final int WRONG_VECTOR = 2;

  private final Screen screen;
  private final Interruptible shutdown;
  private final EmbeddedBroker broker;
  private final LedgerService service;
  private final DemoHost boot;
  private final DemoHost exhausted;
  private final DemoHost faulty;
  private final Path serviceData;
  private @Nullable LiveApi api;

  private Demo(
      Screen screen,
      Interruptible shutdown,
      EmbeddedBroker broker,
      LedgerService service,
      Path data) {
    this.screen = screen;
    this.shutdown = shutdown;
    this.broker = broker;
    this.service = service;
    this.serviceData = data.resolve(SERVICE);
    Path journals = data.resolve("journals");
    Cluster cluster = new Cluster(broker.bootstrapServers(), PATIENCE);
    this.boot = DemoHost.start("hv-1", "0000:00:02.0", DevicePreset.NIC, cluster, journals);
    this.exhausted =
        DemoHost.start("hv-2", "0000:01:00.0", DevicePreset.NVME2048, cluster, journals);
    this.faulty =
        DemoHost.startFaulty(
            "hv-3", "0000:01:00.0", DevicePreset.NVME, WRONG_VECTOR, cluster, journals);
  }

  /**
   * Starts everything.
   *
   * @param data an empty folder
   */
  static Demo start(Path data, Screen screen, Interruptible shutdown)
      throws IOException, TimeoutException, InterruptedException {
    screen.title("Starting the system in this process");
    EmbeddedBroker broker = EmbeddedBroker.start(Files.createDirectory(data.resolve("broker")));
    try {
      shutdown.check();
      screen.step("broker", "Apache Kafka (KRaft) answers at " + broker.bootstrapServers());
      LedgerService service =
          DemoService.start(
              broker.bootstrapServers(), PARTITIONS, Files.createDirectory(data.resolve(SERVICE)));
      screen.step("service", "folds exactly once over " + PARTITIONS + " partitions");
      return new Demo(screen, shutdown, broker, service, data);
    } catch (IOException | TimeoutException | InterruptedException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /**
   * Serves the web console until this is closed; the answer is its address.
   *
   * @param port where; 0 takes any port that is free
   * @throws dev.irqledger.web.http.HttpException if the port is in use
   */
  String serve(int port) {
    api = DemoService.serve(service, bootstrapServers(), PARTITIONS, serviceData, port);
    return api.address().orElseThrow();
  }

  /**
   * Plays the hosts and shows what the ledger makes of them.
   *
   * @return whether replay and live state agree and the planted breach was found
   */
  boolean run() throws TimeoutException, InterruptedException {
    DemoReport report = new DemoReport(screen);
    shutdown.check();
    SealedEvent fullest = playBoot();
    shutdown.check();
    SealedEvent firstRefusal = playExhaustion();
    screen.step(
        "hv-3",
        faulty.play(Scenarios.fourQueues()).size()
            + " operations on a kernel that breaks the cache rule");
    shutdown.check();
    try (LiveLedger live = new LiveLedger(bootstrapServers());
        Past past = new Past(bootstrapServers())) {
      Image latest = past.at(Point.LATEST);
      live.awaitUpTo(latest);
      shutdown.check();
      screen.title("Now: the device that ran its host out of CPU vectors");
      report.device(live.state(exhausted.device()));
      screen.title("The same device, rebuilt as it was after the first -ENOSPC");
      show(past.at(new Point.AfterEvent(firstRefusal.event().id())), exhausted, report);
      screen.title("The booting guest's device, rebuilt when most of its vectors were armed");
      show(past.at(new Point.AfterEvent(fullest.event().id())), boot, report);
      screen.title("Rules that were broken, with the evidence");
      report.violations(live.violations());
      screen.title("The two pools of each host");
      report.pressure(live.pressure());
      return verdict(latest, live);
    }
  }

  private void show(Image image, DemoHost host, DemoReport report) {
    screen.line("  at " + image.point().token());
    FoldedState state = image.devices().get(host.device());
    if (state != null) {
      report.device(state);
    }
  }

  /** Plays the recorded boot; the answer is the event after which most vectors were armed. */
  private SealedEvent playBoot() throws InterruptedException {
    List<SealedEvent> events = boot.play(Scenarios.qemuBoot());
    screen.step("hv-1", events.size() + " operations that QEMU made while a guest booted");
    return events.stream()
        .filter(Demo::isFourthVector)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the recorded boot arms four vectors"));
  }

  private static boolean isFourthVector(SealedEvent event) {
    return event.event().body() instanceof InterruptsSet set
        && set.call().start() == 3
        && set.result().orElse(-1) == 0;
  }

  /** Plays the recorded exhaustion; the answer is the first event that was refused for it. */
  private SealedEvent playExhaustion() throws InterruptedException {
    List<SealedEvent> events = exhausted.play(Scenarios.exhaustion());
    screen.step(
        "hv-2", events.size() + " operations of a recorded run that exhausts the CPU vectors");
    return events.stream()
        .filter(event ->
            event.event().body() instanceof InterruptsSet set && set.result().orElse(0) < 0)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the recorded run ends in -ENOSPC"));
  }

  private boolean verdict(Image latest, LiveLedger live) {
    long differing =
        latest.devices().entrySet().stream()
            .filter(replayed -> !replayed.getValue().equals(live.state(replayed.getKey())))
            .count();
    List<Rule> broken = live.violations().stream().map(Violation::rule).distinct().toList();
    screen.title("Verdict");
    if (differing > 0) {
      screen.line("  replay and live state DISAGREE on " + differing + " devices");
    } else {
      screen.line(
          "  replay and live state agree on all "
              + latest.devices().size()
              + " devices, after "
              + latest.events()
              + " events ("
              + latest.point().token()
              + ")");
    }
    boolean found = broken.equals(List.of(Rule.CACHE_KEEPS_IRQ));
    if (!found) {
      screen.line("  expected CACHE_KEEPS_IRQ alone to be broken, found " + broken);
    }
    return differing == 0 && found;
  }

  @Override
  public void close() {
    if (api != null) {
      api.close();
    }
    boot.close();
    exhausted.close();
    faulty.close();
    service.close();
    broker.close();
  }
}

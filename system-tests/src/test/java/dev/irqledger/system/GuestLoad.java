package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.guest.GuestHost;
import dev.irqledger.agent.guest.GuestHosts;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.wire.topic.ClientSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The agents of two modelled hosts with four guests each, which act until they are stopped. */
final class GuestLoad implements AutoCloseable {
  static final int DEVICES = 8;

  private static final int HOSTS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration MEAN = Duration.ofMillis(20);
  private static final long POLL_NANOS = 10_000_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final GuestHosts hosts = new GuestHosts();
  private final CompletableFuture<Void> running;

  private GuestLoad(Path journals, String bootstrap, int partitions) throws IOException {
    for (int number = 1; number <= HOSTS; number++) {
      GuestHost.Plan plan =
          new GuestHost.Plan(
              number,
              DEVICES / HOSTS,
              new HostCapacity(64, 1 << 16),
              new KernelRelease("6.12.0"),
              number);
      HostAgent.Setup setup =
          new HostAgent.Setup(
              "hv-" + number,
              journals.resolve("hv-" + number),
              Sync.OFF,
              new Cluster(bootstrap, Duration.ofSeconds(5), ClientSettings.NONE),
              partitions,
              1,
              InstantSource.system());
      var _ = hosts.add(() -> new GuestHost(plan, setup));
    }
    running = CompletableFuture.runAsync(this::run);
  }

  /**
   * Starts it.
   *
   * @param journals where the agents' journals are, which they go on with
   */
  static GuestLoad start(Path journals, String bootstrap, int partitions) throws IOException {
    return new GuestLoad(journals, bootstrap, partitions);
  }

  private void run() {
    try {
      hosts.run(MEAN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many calls the guests have made. */
  long operations() {
    return hosts.operations();
  }

  /** How many events wait in the journals. */
  long backlog() {
    return hosts.all().stream().mapToLong(host -> host.agent().journal().backlog()).sum();
  }

  /** Waits until the guests have made so many further calls. */
  void awaitFurther(long calls) {
    long then = operations();
    await(() -> operations() > then + calls);
  }

  /** Waits, as long as the guests go on. */
  void await(BooleanSupplier wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain");
      if (running.isDone()) {
        running.join();
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Ends the guests; when this returns, the log has all that happened. */
  void finish() throws InterruptedException {
    hosts.stop();
    running.join();
    for (GuestHost host : hosts.all()) {
      assertTrue(host.agent().awaitDrained(PATIENCE), "what happened does not reach the log");
    }
  }

  /**
   * Waits until the published state of every device is what the log gives; what is broken stays so.
   */
  static void awaitSound(String bootstrap) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int equal;
    do {
      CommandRun run = CommandRun.of("replay", "verify", "-o", "json", "-b", bootstrap);
      assertEquals(0, run.code(), run.out() + run.err());
      assertTrue(System.nanoTime() < end, run.out());
      equal = JSON.readTree(run.out()).at("/states/equal").asInt();
    } while (equal < DEVICES);
  }

  @Override
  public void close() {
    hosts.stop();
    hosts.close();
  }
}

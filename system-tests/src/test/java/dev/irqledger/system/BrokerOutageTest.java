package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.guest.GuestHost;
import dev.irqledger.agent.guest.GuestHosts;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.wire.topic.ClientSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that is away for a while, under load: nothing is lost, and everybody goes on. */
@Timeout(300)
class BrokerOutageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();
  private static final long POLL_NANOS = 10_000_000;
  private static final Duration MEAN = Duration.ofMillis(20);

  /** So many events wait in the agents' journals before the broker comes back. */
  private static final long BACKLOG = 50;

  @TempDir private Path folder;

  /** How a broker goes away, and how it comes back. */
  enum Outage {
    RESTARTED,
    PAUSED,
    CUT_OFF;

    boolean canHappenTo(BrokerHome home) {
      return this == RESTARTED || home instanceof DockerHome;
    }

    void begin(BrokerHome home) {
      switch (this) {
        case RESTARTED -> home.restart();
        case PAUSED -> ((DockerHome) home).pause();
        case CUT_OFF -> ((DockerHome) home).cut();
      }
    }

    void end(BrokerHome home) {
      switch (this) {
        case RESTARTED -> {} // it is there again
        case PAUSED -> ((DockerHome) home).goOn();
        case CUT_OFF -> ((DockerHome) home).mend();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void agents_service_and_commands_go_on_after_the_broker_was(Outage outage) throws Exception {
    try (TestBroker broker = TestBroker.withTopics(1)) {
      assumeTrue(outage.canHappenTo(broker.home()), outage + " needs Docker: see docker/up --help");
      try (LedgerService service = LedgerService.start(settings(broker));
          GuestHosts hosts = hosts(broker)) {
        assertTrue(service.awaitRunning(PATIENCE));
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> run(hosts));
        await(load, () -> hosts.operations() > BACKLOG && backlog(hosts) == 0);
        outage.begin(broker.home());
        if (outage != Outage.RESTARTED) {
          await(load, () -> backlog(hosts) > BACKLOG);
        }
        outage.end(broker.home());
        long then = hosts.operations();
        await(load, () -> hosts.operations() > then + BACKLOG);
        hosts.stop();
        load.join();
        for (GuestHost host : hosts.all()) {
          assertTrue(host.agent().awaitDrained(PATIENCE), "what happened does not reach the log");
        }
        assertAllIsThere(broker, hosts.operations());
      }
    }
  }

  private static void assertAllIsThere(TestBroker broker, long operations) throws Exception {
    long events = LoggedEvents.read(broker.bootstrapServers()).events().size();
    assertTrue(events >= operations, events + " events of " + operations + " calls");
    awaitSound(broker);
  }

  /** Until the published states have caught up; what is broken stays so. */
  private static void awaitSound(TestBroker broker) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode found;
    do {
      CommandRun run =
          CommandRun.of("replay", "verify", "-o", "json", "-b", broker.bootstrapServers());
      assertEquals(0, run.code(), run.out() + run.err());
      assertTrue(System.nanoTime() < end, run.out());
      found = JSON.readTree(run.out());
    } while (found.at("/states/behind").asInt() + found.at("/states/missing").asInt() > 0);
    assertEquals(8, found.at("/states/equal").asInt(), found.toString());
  }

  private ServiceSettings settings(TestBroker broker) {
    return ServiceSettings.of(broker.bootstrapServers(), folder.resolve("state"));
  }

  private GuestHosts hosts(TestBroker broker) throws Exception {
    GuestHosts hosts = new GuestHosts();
    for (int number = 1; number <= 2; number++) {
      GuestHost.Plan plan =
          new GuestHost.Plan(
              number, 4, new HostCapacity(64, 1 << 16), new KernelRelease("6.12.0"), number);
      Cluster cluster =
          new Cluster(broker.bootstrapServers(), Duration.ofSeconds(5), ClientSettings.NONE);
      HostAgent.Setup setup =
          new HostAgent.Setup(
              "hv-" + number,
              folder.resolve("hv-" + number),
              Sync.OFF,
              cluster,
              1,
              1,
              InstantSource.system());
      var _ = hosts.add(() -> new GuestHost(plan, setup));
    }
    return hosts;
  }

  private static void run(GuestHosts hosts) {
    try {
      hosts.run(MEAN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long backlog(GuestHosts hosts) {
    return hosts.all().stream().mapToLong(host -> host.agent().journal().backlog()).sum();
  }

  private static void await(CompletableFuture<Void> load, BooleanSupplier wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain");
      if (load.isDone()) {
        load.join();
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}

package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that is away for a while, under load: nothing is lost, and everybody goes on. */
@Timeout(300)
class BrokerOutageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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
          GuestLoad load = GuestLoad.start(folder, broker.bootstrapServers(), 1)) {
        assertTrue(service.awaitRunning(PATIENCE));
        load.await(() -> load.operations() > BACKLOG && load.backlog() == 0);
        outage.begin(broker.home());
        if (outage != Outage.RESTARTED) {
          load.await(() -> load.backlog() > BACKLOG);
        }
        outage.end(broker.home());
        load.awaitFurther(BACKLOG);
        load.finish();
        assertAllIsThere(broker, load.operations());
      }
    }
  }

  private static void assertAllIsThere(TestBroker broker, long operations) throws Exception {
    long events = LoggedEvents.read(broker.bootstrapServers()).events().size();
    assertTrue(events >= operations, events + " events of " + operations + " calls");
    GuestLoad.awaitSound(broker.bootstrapServers());
  }

  private ServiceSettings settings(TestBroker broker) {
    return ServiceSettings.of(broker.bootstrapServers(), folder.resolve("state"));
  }
}

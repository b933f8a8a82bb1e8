package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.web.http.HttpSettings;
import dev.irqledger.web.http.Readiness;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances under load, each of which is ended and started again, as for an upgrade. */
@Tag("alone")
@Timeout(600)
class RollingRestartTest {
  private static final int RESTARTS = 4;
  private static final int TERMINATED = 143;

  /** So long clients have, as the documentation says, to find an instance again. */
  private static final Duration FOUND_AGAIN = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final int[] ports = new int[2];
  private final ServiceProcess[] instances = new ServiceProcess[2];

  @BeforeEach
  void choosePorts() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket a = new ServerSocket(0, 1, loopback);
        ServerSocket b = new ServerSocket(0, 1, loopback)) {
      ports[0] = a.getLocalPort();
      ports[1] = b.getLocalPort();
    }
  }

  @Test
  void every_question_is_answered_and_no_state_goes_back() throws Exception {
    try (TestBroker broker = TestBroker.withTopics(ServiceLoad.PARTITIONS);
        ServiceLoad load = new ServiceLoad(broker.bootstrapServers(), 1)) {
      start(broker, 0);
      start(broker, 1);
      load.awaitFolded(this::run);
      awaitReady(load, 0);
      awaitReady(load, 1);
      try (RestlessClient client =
          new RestlessClient(List.copyOf(load.devices()), ports[0], ports[1])) {
        for (int restart = 0; restart < RESTARTS; restart++) {
          load.goOn(FOUND_AGAIN);
          assertTrue(client.asks());
          restart(broker, load, restart % 2, restart >= RESTARTS / 2);
        }
        load.goOn(FOUND_AGAIN);
        report(client.finish());
      }
      assertEquals(0, load.endAndJudge(this::run));
    } catch (AssertionError e) {
      for (int which = 0; which < 2; which++) {
        System.out.println(Files.readString(messages(which).toPath()));
      }
      throw e;
    } finally {
      for (ServiceProcess instance : instances) {
        if (instance != null) {
          instance.kill();
        }
      }
    }
  }

  private static void report(RestlessClient.Report report) {
    System.out.printf(
        "%d questions, %d of them answered by the second instance that was asked, %d by a copy;"
            + " longest time between two answers %d ms, between two answers of an owner %d ms; %d"
            + " unanswered%n",
        report.questions(),
        report.byTheNext(),
        report.stale(),
        report.longest().toMillis(),
        report.longestPresent().toMillis(),
        report.unanswered().size());
    assertEquals(List.of(), report.unanswered());
    assertEquals(List.of(), report.backwards());
    assertTrue(report.byTheNext() > 0, "no instance was away");
  }

  /**
   * @param elsewhere as on another machine, with nothing of its state
   */
  private void restart(TestBroker broker, ServiceLoad load, int which, boolean elsewhere)
      throws Exception {
    long since = System.nanoTime();
    assertEquals(TERMINATED, instances[which].end());
    double ended = (System.nanoTime() - since) / 1e9;
    if (elsewhere) {
      new TemporaryFolder(state(which)).close();
    }
    start(broker, which);
    awaitReady(load, which);
    double ready = (System.nanoTime() - since) / 1e9;
    System.out.printf(
        "instance %d has ended after %.1f s, and is ready again%s after %.1f s%n",
        which, ended, elsewhere ? ", without its state directory," : "", ready);
  }

  private boolean run() {
    return Stream.of(instances).allMatch(ServiceProcess::runs);
  }

  private void start(TestBroker broker, int which) throws IOException {
    instances[which] =
        ServiceProcess.run(
            messages(which),
            Files.createDirectories(state(which)),
            "--bootstrap-server",
            broker.bootstrapServers(),
            "--http-listen",
            "127.0.0.1:" + ports[which],
            "--standby-replicas",
            "1",
            "--timeout",
            "60");
  }

  /** As {@code service check} asks. */
  private void awaitReady(ServiceLoad load, int which) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Readiness.ask(
            HttpSettings.loopback(ports[which]), "127.0.0.1:" + ports[which], Duration.ofSeconds(5))
        .ready()) {
      assertTrue(instances[which].runs(), "it has ended");
      assertTrue(System.nanoTime() < end, "it is not ready");
      load.goOn(Duration.ofMillis(100));
    }
  }

  private Path state(int which) {
    return folder.resolve("state-" + which);
  }

  private File messages(int which) {
    return folder.resolve("service-" + which + ".log").toFile();
  }
}

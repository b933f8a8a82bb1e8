package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.standalone.EmbeddedCluster;
import dev.irqledger.wire.topic.Topics;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on three brokers, under load, of which one is killed again and again. */
@Timeout(900)
class ServiceCrashTest {
  private static final int KILLS = 10;

  @TempDir private Path folder;
  private final int[] ports = new int[2];

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
  void every_event_is_folded_once_and_no_state_goes_back() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (EmbeddedCluster cluster = EmbeddedCluster.start(folder.resolve("brokers"), 3)) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
        assertTrue(Topics.ensure(admin, ServiceLoad.PARTITIONS, 3).sound());
      }
      ServiceProcess[] instances = {start(cluster, 0), start(cluster, 1)};
      try (ServiceLoad load = new ServiceLoad(cluster.bootstrapServers(), seed);
          KeyAnswers answers = new KeyAnswers()) {
        load.awaitFolded(() -> run(instances));
        for (int kill = 1; kill <= KILLS; kill++) {
          int which = random.nextInt(2);
          load.goOn(Duration.ofMillis(random.nextInt(2000)));
          instances[which].kill();
          long since = System.nanoTime();
          int atOnce = 0;
          for (DeviceKey device : load.devices()) {
            atOnce += answers.askAlsoStale(ports[1 - which], device) ? 1 : 0;
          }
          instances[which] = start(cluster, which);
          awaitAnswers(answers, load, ports[1 - which], instances);
          double answered = (System.nanoTime() - since) / 1e9;
          load.awaitFolded(() -> run(instances));
          System.out.printf(
              "kill %d of instance %d: the other one answers for %d of %d keys at once where copies"
                  + " will do that may be behind, and for every key after %.1f s; every device is"
                  + " folded on after %.1f s%n",
              kill,
              which,
              atOnce,
              load.devices().size(),
              answered,
              (System.nanoTime() - since) / 1e9);
          awaitAnswers(answers, load, ports[which], instances);
        }
        System.out.println(
            answers.answers() + " answers, none of which went back; " + answers.stale() + " stale");
        assertTrue(answers.stale() > 0, "standby replicas answered nothing");
        assertEquals(List.of(), answers.backwards());
        assertEquals(0, load.endAndJudge(() -> run(instances)));
      } catch (AssertionError e) {
        for (int which = 0; which < 2; which++) {
          System.out.println(Files.readString(messages(which).toPath()));
        }
        throw e;
      } finally {
        for (ServiceProcess instance : instances) {
          instance.kill();
        }
      }
    }
  }

  /** Every key has an answer of that instance, its own or passed on. */
  private static void awaitAnswers(
      KeyAnswers answers, ServiceLoad load, int port, ServiceProcess... instances)
      throws Exception {
    Set<DeviceKey> left = new HashSet<>(load.devices());
    while (!left.isEmpty()) {
      assertTrue(run(instances));
      load.goOn(Duration.ofMillis(20));
      for (DeviceKey device : List.copyOf(left)) {
        if (answers.ask(port, device)) {
          left.remove(device);
        }
      }
    }
  }

  private static boolean run(ServiceProcess... instances) {
    return Stream.of(instances).allMatch(ServiceProcess::runs);
  }

  private ServiceProcess start(EmbeddedCluster cluster, int which) throws Exception {
    return ServiceProcess.run(
        messages(which),
        Files.createDirectories(folder.resolve("state-" + which)),
        "--bootstrap-server",
        cluster.bootstrapServers(),
        "--http-listen",
        "127.0.0.1:" + ports[which],
        "--standby-replicas",
        "1",
        "--timeout",
        "60");
  }

  private File messages(int which) {
    return folder.resolve("service-" + which + ".log").toFile();
  }
}

package dev.irqledger.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;

/** Whether all brokers are there, and every partition has all its replicas in sync. */
final class BrokerHealth implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long ASKS_AGAIN_MS = 200;
  private static final int ANSWERS_WITHIN_MS = 5_000;

  private final Admin admin;
  private final int size;

  BrokerHealth(String bootstrap, int size) {
    this.size = size;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWERS_WITHIN_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWERS_WITHIN_MS));
  }

  /**
   * Waits until they are.
   *
   * @throws IOException if they are not in time; the message says what is missing
   */
  void awaitWhole() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (String missing = missing(); !missing.isEmpty(); missing = missing()) {
      if (System.nanoTime() > end) {
        throw new IOException("after " + PATIENCE.toSeconds() + " s: " + missing);
      }
      TimeUnit.MILLISECONDS.sleep(ASKS_AGAIN_MS);
    }
  }

  private String missing() throws InterruptedException {
    try {
      int there = admin.describeCluster().nodes().get().size();
      if (there < size) {
        return there + " of " + size + " brokers are there";
      }
      Set<String> topics =
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
        if (topic.partitions().stream()
            .anyMatch(
                each -> each.leader() == null || each.isr().size() < each.replicas().size())) {
          return "a replica of " + topic.name() + " is not in sync";
        }
      }
      return "";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}

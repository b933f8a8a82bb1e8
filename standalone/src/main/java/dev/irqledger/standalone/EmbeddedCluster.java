package dev.irqledger.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;

/** Several Apache Kafka nodes inside this JVM, of which some can be away. */
public final class EmbeddedCluster implements AutoCloseable {
  private final Map<Integer, KafkaNode> nodes = new TreeMap<>();
  private final Map<Integer, KafkaRaftServer> running = new HashMap<>();

  private EmbeddedCluster() {}

  /**
   * Starts a cluster; when this returns, all nodes answer.
   *
   * @param data an empty folder for their logs
   * @param size how many nodes, each broker and controller
   * @throws IOException if the folder cannot be written, or no port is free
   */
  public static EmbeddedCluster start(Path data, int size) throws IOException {
    List<KafkaNode.Listeners> free = KafkaNode.freeListeners(size, false);
    Map<Integer, Integer> controllers = new TreeMap<>();
    for (int id = 1; id <= size; id++) {
      controllers.put(id, free.get(id - 1).controller());
    }
    EmbeddedCluster cluster = new EmbeddedCluster();
    String clusterId = Uuid.randomUuid().toString();
    for (int id = 1; id <= size; id++) {
      Path folder = Files.createDirectories(data.resolve("node-" + id));
      KafkaNode node = new KafkaNode(id, folder, free.get(id - 1), controllers);
      node.format(clusterId);
      cluster.nodes.put(id, node);
    }
    cluster.startAll();
    return cluster;
  }

  /** All at once: the first would wait for a majority of the others. */
  private void startAll() {
    Map<Integer, CompletableFuture<KafkaRaftServer>> starting = new TreeMap<>();
    nodes.forEach((id, node) -> {
      CompletableFuture<KafkaRaftServer> started = new CompletableFuture<>();
      Thread.ofPlatform()
          .daemon()
          .name("kafka-node-" + id)
          .start(() -> {
            try {
              started.complete(node.start());
            } catch (RuntimeException e) {
              started.completeExceptionally(e);
            }
          });
      starting.put(id, started);
    });
    starting.forEach((id, started) -> running.put(id, started.join()));
  }

  /** Where clients find it. */
  public String bootstrapServers() {
    return nodes.values().stream()
        .map(node -> "127.0.0.1:" + node.listeners().client())
        .collect(Collectors.joining(","));
  }

  /** Ends a node, from 1; the others go on. */
  public void stop(int id) {
    KafkaRaftServer server = running.remove(id);
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  /**
   * Starts a node that was stopped, with its data and at its address.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  public void startAgain(int id) {
    KafkaNode node = nodes.get(id);
    if (node == null) {
      throw new IllegalArgumentException("no node " + id);
    }
    running.computeIfAbsent(id, _ -> node.start());
  }

  @Override
  public void close() {
    // all at once: a node waits for its controller when it ends
    List<KafkaRaftServer> all = new ArrayList<>(running.values());
    running.clear();
    List<Thread> ending =
        all.stream().map(server -> Thread.ofPlatform().start(server::shutdown)).toList();
    all.forEach(KafkaRaftServer::awaitShutdown);
    for (Thread thread : ending) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}

package dev.irqledger.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Apache Kafka node, broker and controller (KRaft), inside this JVM: on free loopback ports,
 * with its data in a folder of the caller's.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a node; when this returns, it answers.
   *
   * @param data an empty folder for its log
   * @throws IOException if the folder cannot be written, or no port is free
   */
  public static EmbeddedBroker start(Path data) throws IOException {
    silenceLog4j();
    int client;
    int controller;
    try (ServerSocket a = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket b = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      client = a.getLocalPort();
      controller = b.getLocalPort();
    }
    try {
      format(data);
    } catch (Exception e) {
      throw new IOException("the folder " + data + " cannot hold a broker's data", e);
    }
    KafkaRaftServer server =
        new KafkaRaftServer(new KafkaConfig(settings(data, client, controller)), Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(server, "127.0.0.1:" + client);
  }

  /**
   * The broker's control of log levels starts Log4j, though nothing is logged through it here; when
   * the JVM is ending just then, Log4j would complain.
   */
  private static void silenceLog4j() {
    System.setProperty("log4j2.shutdownHookEnabled", "false");
    System.setProperty("log4j2.statusLoggerLevel", "OFF");
  }

  private static void format(Path data) throws Exception {
    new Formatter()
        .setNodeId(NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(data.toString())
        .setMetadataLogDirectory(data.toString())
        .setControllerListenerName("CONTROLLER")
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  private static Map<String, String> settings(Path data, int client, int controller) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controller);
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + client + ",CONTROLLER://127.0.0.1:" + controller);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + client);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("log.dirs", data.toString());
    // One node: nothing can be replicated, and few partitions start faster.
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("auto.create.topics.enable", "false");
    // The default reserves 128 MiB for a compaction that has nothing to do here.
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    return settings;
  }

  /** Where clients find it. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}

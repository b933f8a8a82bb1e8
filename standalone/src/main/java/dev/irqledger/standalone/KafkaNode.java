package dev.irqledger.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Apache Kafka node of a cluster, broker and controller (KRaft), inside this JVM.
 *
 * @param id its number, from 1
 * @param data the folder with its log
 * @param listeners its ports
 * @param controllers the controllers' ports, by the number of their nodes
 * @param security how clients are kept apart
 */
record KafkaNode(
    int id, Path data, Listeners listeners, Map<Integer, Integer> controllers, Security security) {
  /** What QEMU's user-mode network calls the host's loopback. */
  static final String HOST_SEEN_BY_GUESTS = "10.0.2.2";

  /** A node that speaks plain text. */
  KafkaNode(int id, Path data, Listeners listeners, Map<Integer, Integer> controllers) {
    this(id, data, listeners, controllers, Security.NONE);
  }

  /**
   * What is spoken with clients, and how they prove who they are.
   *
   * @param protocol as Kafka names it
   * @param settings of the broker, with Kafka's own names
   * @param passwords of the users that SCRAM-SHA-512 knows from the beginning
   */
  record Security(String protocol, Map<String, String> settings, Map<String, String> passwords) {
    /** Plain text, for everybody. */
    static final Security NONE = new Security("PLAINTEXT", Map.of(), Map.of());

    private List<String> scramArguments() {
      return passwords.entrySet().stream()
          .map(
              user -> "SCRAM-SHA-512=[name=" + user.getKey() + ",password=" + user.getValue() + "]")
          .toList();
    }
  }

  /**
   * The ports, all on the loopback.
   *
   * @param guests for virtual machines; empty when there is no listener for them
   */
  record Listeners(int client, int controller, OptionalInt guests) {
    String bound() {
      return "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(client, controller)
          + forGuests("127.0.0.1");
    }

    String advertised() {
      return "PLAINTEXT://127.0.0.1:" + client + forGuests(HOST_SEEN_BY_GUESTS);
    }

    private String forGuests(String host) {
      return guests.isPresent() ? ",GUESTS://" + host + ":" + guests.getAsInt() : "";
    }
  }

  /**
   * Free ports for some nodes.
   *
   * @param guests whether virtual machines are to reach them too
   * @throws IOException if no port is free
   */
  static List<Listeners> freeListeners(int nodes, boolean guests) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * nodes; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Listeners> free = new ArrayList<>();
      for (int i = 0; i < 3 * nodes; i += 3) {
        free.add(
            new Listeners(
                held.get(i).getLocalPort(),
                held.get(i + 1).getLocalPort(),
                guests ? OptionalInt.of(held.get(i + 2).getLocalPort()) : OptionalInt.empty()));
      }
      return free;
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  /**
   * Prepares its folder.
   *
   * @throws IOException if the folder cannot hold a broker's data
   */
  void format(String clusterId) throws IOException {
    try {
      new Formatter()
          .setNodeId(id)
          .setClusterId(clusterId)
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName("CONTROLLER")
          .setScramArguments(security.scramArguments())
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
    } catch (Exception e) {
      throw new IOException("the folder " + data + " cannot hold a broker's data", e);
    }
  }

  /** Starts it; when this returns, it answers. */
  KafkaRaftServer start() {
    silenceLog4j();
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings()), Time.SYSTEM);
    server.startup();
    return server;
  }

  /**
   * The broker's control of log levels starts Log4j, though nothing is logged through it here; when
   * the JVM is ending just then, Log4j would complain.
   */
  private static void silenceLog4j() {
    System.setProperty("log4j2.shutdownHookEnabled", "false");
    System.setProperty("log4j2.statusLoggerLevel", "OFF");
  }

  private Map<String, String> settings() {
    int nodes = controllers.size();
    String replicas = Integer.toString(Math.min(3, nodes));
    String inSync = Integer.toString(Math.clamp(nodes - 1, 1, 2));
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(id));
    settings.put(
        "controller.quorum.voters",
        controllers.entrySet().stream()
            .map(each -> each.getKey() + "@127.0.0.1:" + each.getValue())
            .collect(Collectors.joining(",")));
    settings.put("listeners", listeners.bound());
    settings.put("advertised.listeners", listeners.advertised());
    settings.put(
        "listener.security.protocol.map",
        // The clients' listener keeps its name, which says nothing about what is spoken there.
        "PLAINTEXT:" + security.protocol() + ",CONTROLLER:PLAINTEXT,GUESTS:PLAINTEXT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("log.dirs", data.toString());
    settings.put("offsets.topic.replication.factor", replicas);
    settings.put("transaction.state.log.replication.factor", replicas);
    settings.put("transaction.state.log.min.isr", inSync);
    // Few partitions start faster.
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", replicas);
    settings.put("share.coordinator.state.topic.min.isr", inSync);
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("auto.create.topics.enable", "false");
    // The default reserves 128 MiB for a compaction that has nothing to do here.
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.putAll(security.settings());
    return settings;
  }
}

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
import java.util.OptionalInt;
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

  /** What QEMU's user-mode network calls the host's loopback. */
  private static final String HOST_SEEN_BY_GUESTS = "10.0.2.2";

  private final KafkaRaftServer server;
  private final Listeners listeners;

  private EmbeddedBroker(KafkaRaftServer server, Listeners listeners) {
    this.server = server;
    this.listeners = listeners;
  }

  /**
   * The ports, all on the loopback.
   *
   * @param guests for virtual machines; empty when there is no listener for them
   */
  private record Listeners(int client, int controller, OptionalInt guests) {
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
   * Starts a node; when this returns, it answers.
   *
   * @param data an empty folder for its log
   * @throws IOException if the folder cannot be written, or no port is free
   */
  public static EmbeddedBroker start(Path data) throws IOException {
    return start(data, false);
  }

  /**
   * Starts a node that virtual machines on this host reach too, if their network is QEMU's
   * user-mode one: a second listener is bound to the loopback like the first, and advertised as the
   * address under which such a guest sees the host's loopback.
   *
   * @param data an empty folder for its log
   * @throws IOException if the folder cannot be written, or no port is free
   */
  public static EmbeddedBroker startForGuests(Path data) throws IOException {
    return start(data, true);
  }

  private static EmbeddedBroker start(Path data, boolean guests) throws IOException {
    silenceLog4j();
    Listeners listeners = freeListeners(guests);
    try {
      format(data);
    } catch (Exception e) {
      throw new IOException("the folder " + data + " cannot hold a broker's data", e);
    }
    return start(data, listeners);
  }

  private static EmbeddedBroker start(Path data, Listeners listeners) {
    KafkaRaftServer server =
        new KafkaRaftServer(new KafkaConfig(settings(data, listeners)), Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(server, listeners);
  }

  /**
   * After this node was closed: one that goes on with its data, at its address.
   *
   * @param data the folder that it was started with
   */
  public EmbeddedBroker startAgain(Path data) {
    return start(data, listeners);
  }

  private static Listeners freeListeners(boolean guests) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket a = new ServerSocket(0, 1, loopback);
        ServerSocket b = new ServerSocket(0, 1, loopback);
        ServerSocket c = new ServerSocket(0, 1, loopback)) {
      return new Listeners(
          a.getLocalPort(),
          b.getLocalPort(),
          guests ? OptionalInt.of(c.getLocalPort()) : OptionalInt.empty());
    }
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

  private static Map<String, String> settings(Path data, Listeners listeners) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + listeners.controller());
    settings.put("listeners", listeners.bound());
    settings.put("advertised.listeners", listeners.advertised());
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUESTS:PLAINTEXT");
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
    return "127.0.0.1:" + listeners.client();
  }

  /**
   * Where clients inside a virtual machine find it.
   *
   * @throws IllegalStateException if it was not started for guests
   */
  public String bootstrapServersForGuests() {
    int port =
        listeners
            .guests()
            .orElseThrow(() -> new IllegalStateException("there is no listener for guests"));
    return HOST_SEEN_BY_GUESTS + ":" + port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}

package dev.irqledger.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;

/**
 * One Apache Kafka node, broker and controller (KRaft), inside this JVM: on free loopback ports,
 * with its data in a folder of the caller's.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int ID = 1;

  private final KafkaNode node;
  private final KafkaRaftServer server;

  private EmbeddedBroker(KafkaNode node) {
    this.node = node;
    this.server = node.start();
  }

  /**
   * Starts a node; when this returns, it answers.
   *
   * @param data an empty folder for its log
   * @throws IOException if the folder cannot be written, or no port is free
   */
  public static EmbeddedBroker start(Path data) throws IOException {
    return start(data, false, Map.of());
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
    return start(data, true, Map.of());
  }

  /**
   * Starts a node that clients reach through TLS alone.
   *
   * @param data an empty folder for its log
   * @param tls the broker's {@code ssl.} settings, with Kafka's own names
   * @throws IOException if the folder cannot be written, or no port is free
   */
  public static EmbeddedBroker startWithTls(Path data, Map<String, String> tls) throws IOException {
    return start(data, false, Map.copyOf(tls));
  }

  private static EmbeddedBroker start(Path data, boolean guests, Map<String, String> tls)
      throws IOException {
    KafkaNode.Listeners free = KafkaNode.freeListeners(1, guests).getFirst();
    KafkaNode node = new KafkaNode(ID, data, free, Map.of(ID, free.controller()), tls);
    node.format(Uuid.randomUuid().toString());
    return new EmbeddedBroker(node);
  }

  /**
   * After this node was closed: one that goes on with its data, at its address.
   *
   * @param data the folder that it was started with
   */
  public EmbeddedBroker startAgain(Path data) {
    return new EmbeddedBroker(
        new KafkaNode(ID, data, node.listeners(), node.controllers(), node.tls()));
  }

  /** Where clients find it. */
  public String bootstrapServers() {
    return "127.0.0.1:" + node.listeners().client();
  }

  /**
   * Where clients inside a virtual machine find it.
   *
   * @throws IllegalStateException if it was not started for guests
   */
  public String bootstrapServersForGuests() {
    int port =
        node.listeners()
            .guests()
            .orElseThrow(() -> new IllegalStateException("there is no listener for guests"));
    return KafkaNode.HOST_SEEN_BY_GUESTS + ":" + port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}

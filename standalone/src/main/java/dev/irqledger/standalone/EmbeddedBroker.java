package dev.irqledger.standalone;

import dev.irqledger.standalone.KafkaNode.Security;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;

/**
 * One Apache Kafka node, broker and controller (KRaft), inside this JVM: on free loopback ports,
 * with its data in a folder of the caller's.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int ID = 1;
  private static final String MECHANISM = "SCRAM-SHA-512";

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
    return start(data, false, Security.NONE);
  }

  /**
   * Starts a node of a cluster that has that id, such as that of one that was lost.
   *
   * @param data an empty folder for its log
   * @param clusterId a UUID as Kafka writes them, in 22 characters
   * @throws IOException if the folder cannot be written, or no port is free
   */
  public static EmbeddedBroker start(Path data, String clusterId) throws IOException {
    return start(data, clusterId, false, Security.NONE);
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
    return start(data, true, Security.NONE);
  }

  /**
   * Starts a node that clients reach through TLS alone.
   *
   * @param data an empty folder for its log
   * @param tls the broker's {@code ssl.} settings, with Kafka's own names
   * @throws IOException if the folder cannot be written, or no port is free
   */
  public static EmbeddedBroker startWithTls(Path data, Map<String, String> tls) throws IOException {
    return start(data, false, new Security("SSL", Map.copyOf(tls), Map.of()));
  }

  /**
   * Starts a node that clients reach through TLS alone, where each proves by a password who it is
   * (SASL/SCRAM-SHA-512), and may do only what it is allowed to.
   *
   * @param data an empty folder for its log
   * @param tls the broker's {@code ssl.} settings, with Kafka's own names
   * @param admin who may do everything, the broker itself among them
   * @param password the administrator's
   * @throws IOException if the folder cannot be written, or no port is free
   */
  public static EmbeddedBroker startGuarded(
      Path data, Map<String, String> tls, String admin, String password) throws IOException {
    Map<String, String> settings = new HashMap<>(tls);
    settings.put("sasl.enabled.mechanisms", MECHANISM);
    settings.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
    settings.put(
        "listener.name.plaintext." + MECHANISM.toLowerCase(Locale.ROOT) + ".sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(admin, password));
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // Nobody is anonymous but the node's controller, which has a listener of its own.
    settings.put("super.users", "User:" + admin + ";User:ANONYMOUS");
    return start(data, false, new Security("SASL_SSL", settings, Map.of(admin, password)));
  }

  private static EmbeddedBroker start(Path data, boolean guests, Security security)
      throws IOException {
    return start(data, Uuid.randomUuid().toString(), guests, security);
  }

  private static EmbeddedBroker start(
      Path data, String clusterId, boolean guests, Security security) throws IOException {
    KafkaNode.Listeners free = KafkaNode.freeListeners(1, guests).getFirst();
    KafkaNode node = new KafkaNode(ID, data, free, Map.of(ID, free.controller()), security);
    node.format(clusterId);
    return new EmbeddedBroker(node);
  }

  /**
   * After this node was closed: one that goes on with its data, at its address.
   *
   * @param data the folder that it was started with
   */
  public EmbeddedBroker startAgain(Path data) {
    return new EmbeddedBroker(
        new KafkaNode(ID, data, node.listeners(), node.controllers(), node.security()));
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

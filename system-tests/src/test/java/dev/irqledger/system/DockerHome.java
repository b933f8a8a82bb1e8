package dev.irqledger.system;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** A broker in a container of its own, which can be paused, and cut off its network. */
final class DockerHome implements BrokerHome {
  private static final String IMAGE = "apache/kafka:4.3.1";

  /** Docker's own network, in which containers are that name none. */
  private static final String NETWORK = "bridge";

  private static final int PORT = 9092;

  private final KafkaContainer container;

  private DockerHome(KafkaContainer container) {
    this.container = container;
  }

  static DockerHome start() throws IOException {
    KafkaContainer container =
        new KafkaContainer(IMAGE)
            .withEnv("KAFKA_HEAP_OPTS", "-Xmx512m -Xms64m")
            .withEnv(
                "KAFKA_JVM_PERFORMANCE_OPTS",
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto")
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    // A port of Docker's choice would be another one after a restart.
    container.setPortBindings(List.of("127.0.0.1:" + freePort() + ":" + PORT));
    container.start();
    return new DockerHome(container);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static DockerClient docker() {
    return DockerClientFactory.instance().client();
  }

  @Override
  public String bootstrapServers() {
    return container.getHost() + ":" + container.getMappedPort(PORT);
  }

  @Override
  public void restart() {
    docker().restartContainerCmd(container.getContainerId()).exec();
  }

  /** The broker stands still: connections are taken, and nothing is answered. */
  void pause() {
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  void goOn() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  /** The broker runs, and nobody reaches it. */
  void cut() {
    docker()
        .disconnectFromNetworkCmd()
        .withContainerId(container.getContainerId())
        .withNetworkId(NETWORK)
        .exec();
  }

  void mend() {
    docker()
        .connectToNetworkCmd()
        .withContainerId(container.getContainerId())
        .withNetworkId(NETWORK)
        .exec();
  }

  @Override
  public void close() {
    container.stop();
  }
}

package dev.irqledger.service;

import dev.irqledger.wire.topic.ClientSettings;
import dev.irqledger.wire.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a service runs.
 *
 * @param bootstrapServers brokers as {@code host:port}, with commas between them
 * @param stateDir where the state is kept; a start that finds its state there is a fast one
 * @param applicationId instances with the same id share the work; it names group and changelogs
 * @param partitions how many partitions the topics of a new cluster get; fixed for good
 * @param replicationFactor how many replicas new topics get; where empty, one on each broker up to
 *     three
 * @param standbyReplicas how many other instances keep a copy of each state
 * @param threads how many partitions are folded at once
 * @param pace how often results become visible
 * @param storeMemoryBytes the most memory that all stores of this JVM take together
 * @param patience how long to wait for a broker's answer at the start
 * @param kafka what the user adds to the settings of Kafka's clients
 * @param applicationServer where other instances reach this one's HTTP API, as {@code host:port};
 *     empty where it serves none
 */
public record ServiceSettings(
    String bootstrapServers,
    Path stateDir,
    String applicationId,
    int partitions,
    OptionalInt replicationFactor,
    int standbyReplicas,
    int threads,
    Pace pace,
    long storeMemoryBytes,
    Duration patience,
    ClientSettings kafka,
    Optional<String> applicationServer) {

  /** As good as any, and enough for the hosts of a large fleet. */
  public static final int DEFAULT_PARTITIONS = Topics.DEFAULT_PARTITIONS;

  public static final String DEFAULT_APPLICATION_ID = "irq-ledger";

  /**
   * How often results become visible.
   *
   * @param commit how long results are gathered in a transaction, and how long changes of a device
   *     are gathered before its state is published
   * @param pressure how long changes of a host's sums are gathered before they are published
   */
  public record Pace(Duration commit, Duration pressure) {
    public static final Pace DEFAULT = new Pace(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  /** A service with the usual settings. */
  public static ServiceSettings of(String bootstrapServers, Path stateDir) {
    return new ServiceSettings(
        bootstrapServers,
        stateDir,
        DEFAULT_APPLICATION_ID,
        DEFAULT_PARTITIONS,
        OptionalInt.empty(),
        1,
        1,
        Pace.DEFAULT,
        256L << 20,
        Duration.ofSeconds(10),
        ClientSettings.NONE,
        Optional.empty());
  }

  public ServiceSettings withApplicationId(String to) {
    return new ServiceSettings(
        bootstrapServers,
        stateDir,
        to,
        partitions,
        replicationFactor,
        standbyReplicas,
        threads,
        pace,
        storeMemoryBytes,
        patience,
        kafka,
        applicationServer);
  }

  /** For topics that are yet to be created. */
  public ServiceSettings withTopics(int newPartitions, OptionalInt newReplicationFactor) {
    return new ServiceSettings(
        bootstrapServers,
        stateDir,
        applicationId,
        newPartitions,
        newReplicationFactor,
        standbyReplicas,
        threads,
        pace,
        storeMemoryBytes,
        patience,
        kafka,
        applicationServer);
  }

  public ServiceSettings withStandbyReplicas(int to) {
    return new ServiceSettings(
        bootstrapServers,
        stateDir,
        applicationId,
        partitions,
        replicationFactor,
        to,
        threads,
        pace,
        storeMemoryBytes,
        patience,
        kafka,
        applicationServer);
  }

  public ServiceSettings withThreads(int to) {
    return new ServiceSettings(
        bootstrapServers,
        stateDir,
        applicationId,
        partitions,
        replicationFactor,
        standbyReplicas,
        to,
        pace,
        storeMemoryBytes,
        patience,
        kafka,
        applicationServer);
  }

  public ServiceSettings withPace(Pace to) {
    return new ServiceSettings(
        bootstrapServers,
        stateDir,
        applicationId,
        partitions,
        replicationFactor,
        standbyReplicas,
        threads,
        to,
        storeMemoryBytes,
        patience,
        kafka,
        applicationServer);
  }

  public ServiceSettings withPatience(Duration to) {
    return new ServiceSettings(
        bootstrapServers,
        stateDir,
        applicationId,
        partitions,
        replicationFactor,
        standbyReplicas,
        threads,
        pace,
        storeMemoryBytes,
        to,
        kafka,
        applicationServer);
  }

  public ServiceSettings withKafka(ClientSettings to) {
    return new ServiceSettings(
        bootstrapServers,
        stateDir,
        applicationId,
        partitions,
        replicationFactor,
        standbyReplicas,
        threads,
        pace,
        storeMemoryBytes,
        patience,
        to,
        applicationServer);
  }

  /** With an HTTP API that other instances reach at {@code host:port}. */
  public ServiceSettings withApplicationServer(String to) {
    return new ServiceSettings(
        bootstrapServers,
        stateDir,
        applicationId,
        partitions,
        replicationFactor,
        standbyReplicas,
        threads,
        pace,
        storeMemoryBytes,
        patience,
        kafka,
        Optional.of(to));
  }
}

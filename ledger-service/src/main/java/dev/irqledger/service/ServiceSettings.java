package dev.irqledger.service;

import dev.irqledger.wire.topic.ClientSettings;
import dev.irqledger.wire.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

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
    return with(settings -> settings.applicationId = to);
  }

  /** For topics that are yet to be created. */
  public ServiceSettings withTopics(int newPartitions, OptionalInt newReplicationFactor) {
    return with(settings -> {
      settings.partitions = newPartitions;
      settings.replicationFactor = newReplicationFactor;
    });
  }

  public ServiceSettings withStandbyReplicas(int to) {
    return with(settings -> settings.standbyReplicas = to);
  }

  public ServiceSettings withThreads(int to) {
    return with(settings -> settings.threads = to);
  }

  public ServiceSettings withPace(Pace to) {
    return with(settings -> settings.pace = to);
  }

  public ServiceSettings withPatience(Duration to) {
    return with(settings -> settings.patience = to);
  }

  public ServiceSettings withKafka(ClientSettings to) {
    return with(settings -> settings.kafka = to);
  }

  /** With an HTTP API that other instances reach at {@code host:port}. */
  public ServiceSettings withApplicationServer(String to) {
    return with(settings -> settings.applicationServer = Optional.of(to));
  }

  private ServiceSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  /** Settings of which some become others. */
  private static final class Draft {
    private final ServiceSettings from;
    private String applicationId;
    private int partitions;
    private OptionalInt replicationFactor;
    private int standbyReplicas;
    private int threads;
    private Pace pace;
    private Duration patience;
    private ClientSettings kafka;
    private Optional<String> applicationServer;

    Draft(ServiceSettings from) {
      this.from = from;
      this.applicationId = from.applicationId;
      this.partitions = from.partitions;
      this.replicationFactor = from.replicationFactor;
      this.standbyReplicas = from.standbyReplicas;
      this.threads = from.threads;
      this.pace = from.pace;
      this.patience = from.patience;
      this.kafka = from.kafka;
      this.applicationServer = from.applicationServer;
    }

    ServiceSettings settings() {
      return new ServiceSettings(
          from.bootstrapServers,
          from.stateDir,
          applicationId,
          partitions,
          replicationFactor,
          standbyReplicas,
          threads,
          pace,
          from.storeMemoryBytes,
          patience,
          kafka,
          applicationServer);
    }
  }
}

package dev.irqledger.service;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.service.ServiceException.Kind;
import dev.irqledger.service.metrics.ServiceMetrics;
import dev.irqledger.service.topology.Backlog;
import dev.irqledger.service.topology.LedgerTopology;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.topic.PolicyFollower;
import dev.irqledger.wire.topic.TopicLookups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;

/** A running instance of the service. Safe for use by many threads. */
public final class LedgerService implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final Lifeline lifeline;
  private final LocalStates states;
  private final PolicyFollower policies;
  private final ClusterBacklog backlog;
  private final ClusterFailure failures;
  private final ServiceMetrics metrics;
  private final HostOwners owners;
  private final Completeness completeness;

  private LedgerService(
      KafkaStreams streams,
      Completeness completeness,
      Lifeline lifeline,
      LocalStates states,
      PolicyFollower policies,
      ClusterBacklog backlog,
      ClusterFailure failures,
      ServiceMetrics metrics) {
    this.streams = streams;
    this.owners = new HostOwners(streams);
    this.completeness = completeness;
    this.lifeline = lifeline;
    this.states = states;
    this.policies = policies;
    this.backlog = backlog;
    this.failures = failures;
    this.metrics = metrics;
  }

  /**
   * Creates what topics are missing, publishes the schemas, and starts to fold. When this returns,
   * the state may still be on its way: see {@link #awaitRunning}.
   *
   * @throws ServiceException if there is no such cluster, its topics are no good, or the state
   *     directory cannot be used
   */
  public static LedgerService start(ServiceSettings settings) {
    makeStateDir(settings.stateDir());
    Preparation preparation = new Preparation(settings);
    int replicas = preparation.topics();
    preparation.schemas();
    PolicyFollower policies = preparation.policies();
    ServiceMetrics metrics = new ServiceMetrics();
    ClusterBacklog backlog = ClusterBacklog.of(settings);
    try {
      return start(settings, replicas, policies, backlog, metrics);
    } catch (RuntimeException e) {
      backlog.close();
      metrics.close();
      policies.close();
      throw e;
    }
  }

  private static LedgerService start(
      ServiceSettings settings,
      int replicas,
      PolicyFollower policies,
      ClusterBacklog backlog,
      ServiceMetrics metrics) {
    Lookups lookups = TopicLookups.of(settings.bootstrapServers(), settings.kafka());
    Topology topology = topology(settings, lookups, policies::policies, backlog, replicas);
    Map<String, Object> running = StreamsSettings.of(settings, replicas);
    metrics.follow(running);
    KafkaStreams streams = streams(topology, new StreamsConfig(running), settings.stateDir());
    Lifeline lifeline = new Lifeline();
    streams.setStateListener(lifeline);
    streams.setUncaughtExceptionHandler(lifeline);
    metrics.tellOf(streams, Admin.create(Preparation.adminSettings(settings)), lifeline::running);
    begin(streams, settings.stateDir());
    return new LedgerService(
        streams,
        new Completeness(streams, settings.applicationServer()),
        lifeline,
        new LocalStates(streams, lookups.schemas()),
        policies,
        backlog,
        new ClusterFailure(settings.bootstrapServers()),
        metrics);
  }

  private static Topology topology(
      ServiceSettings settings,
      Lookups lookups,
      Supplier<Policies> policies,
      Backlog backlog,
      int replicas) {
    return LedgerTopology.of(
        lookups, policies, backlog, settings.pace().commit(), settings.pace().pressure(), replicas);
  }

  /** The topology by its names alone: what it would make, and not how it would be run. */
  static Topology topology(ServiceSettings settings) {
    return topology(settings, Lookups.releasedOnly(), () -> Policies.NONE, Backlog.NONE, 1);
  }

  private static void makeStateDir(Path folder) {
    try {
      Files.createDirectories(folder);
      if (Files.isWritable(folder)) {
        return;
      }
    } catch (IOException e) {
      throw noStateDir(folder, e);
    }
    throw noStateDir(folder, null);
  }

  private static KafkaStreams streams(Topology topology, StreamsConfig config, Path folder) {
    try {
      return new KafkaStreams(topology, config);
    } catch (KafkaException e) {
      throw noStateDir(folder, e);
    }
  }

  /** Stores that were left are opened here. */
  private static void begin(KafkaStreams streams, Path folder) {
    try {
      streams.start();
    } catch (ProcessorStateException e) {
      streams.close();
      throw noStateDir(folder, e);
    }
  }

  private static ServiceException noStateDir(Path folder, @Nullable Exception cause) {
    String message =
        "the state directory "
            + folder
            + " cannot be used"
            + (cause == null ? "" : " (" + ClusterFailure.oneLine(ClusterFailure.root(cause)) + ")")
            + ": make it writable, free space on its disk, end the other instance that uses it, or"
            + " choose another --state-dir";
    return cause == null
        ? new ServiceException(Kind.STATE_DIR, message)
        : new ServiceException(Kind.STATE_DIR, message, cause);
  }

  /**
   * Waits until all local state is restored and the log is being folded.
   *
   * @param most how long to wait
   * @return false where that was not long enough, or the service was closed
   * @throws ServiceException if the service has ended by itself
   */
  public boolean awaitRunning(Duration most) throws InterruptedException {
    if (!lifeline.awaitRunningOrEnded(most)) {
      return false;
    }
    throwFailure();
    return lifeline.running();
  }

  /** True while all local state is at hand and the log is being folded. */
  public boolean running() {
    return lifeline.running();
  }

  /**
   * True once this instance had, since its start, all states that it is to keep, the copies of
   * other instances' states among them, so that one of those may end. Asks the brokers until it is
   * so.
   */
  public boolean complete() {
    return completeness.reached();
  }

  /** True once the service was closed, or has ended by itself. */
  public boolean stopped() {
    return lifeline.ended();
  }

  /**
   * Waits until the service ends: by {@link #close} of another thread, or by itself.
   *
   * @throws ServiceException if it ended by itself
   */
  public void awaitStopped() throws InterruptedException {
    lifeline.awaitEnded();
    throwFailure();
  }

  private void throwFailure() {
    Throwable failure = lifeline.failure();
    if (failure != null) {
      throw failures.ofRunning(failure);
    }
  }

  /**
   * A device's state, empty where this instance has none: it was never seen, or another instance
   * owns its host. It may be ahead of what is committed by one commit interval.
   *
   * @throws ServiceException if the state is not at hand now
   */
  public Optional<FoldedState> state(DeviceKey device) {
    return states.of(device);
  }

  /**
   * The states of all devices that this instance owns, by key. They may be ahead of what is
   * committed by one commit interval.
   *
   * @throws ServiceException if the states are not at hand now
   */
  public List<FoldedState> states() {
    return states.all();
  }

  /**
   * A device's state as this instance has it by any means: also by a standby replica, or by a state
   * that is being restored. Empty where it has none. It may be behind.
   *
   * @throws ServiceException if the states are not at hand now
   */
  public Optional<FoldedState> copy(DeviceKey device) {
    return states.copyOf(device);
  }

  /** What this instance tells of itself to Prometheus. */
  public ServiceMetrics metrics() {
    return metrics;
  }

  /**
   * Where the instance that owns a host is reached, as {@code host:port}: this one's own {@link
   * ServiceSettings#applicationServer} where this one does.
   *
   * @throws ServiceException if that is not known now, or that instance cannot be asked
   */
  public String ownerOf(String host) {
    return owners.of(host);
  }

  /**
   * Where the instances are reached that keep copies of the states of a host's devices, each as
   * {@code host:port}.
   *
   * @throws ServiceException if that is not known now
   */
  public List<String> standbysOf(String host) {
    return owners.standbysOf(host);
  }

  /**
   * Commits what is folded and ends. The group is left, so that others take over at once instead of
   * after the session's timeout. To close twice does no harm.
   */
  @Override
  public void close() {
    streams.close(
        CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSING));
    metrics.close();
    policies.close();
    backlog.close();
  }
}

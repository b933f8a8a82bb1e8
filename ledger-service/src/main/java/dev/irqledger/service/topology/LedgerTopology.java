package dev.irqledger.service.topology;

import dev.irqledger.core.policy.Policies;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Who is fed by whom.
 *
 * <pre>
 * irq.events       -> read-events       -> fold-devices -> device-state, violations
 *                                       |      \-> sum-hosts -> host-pressure, violations, commands
 * irq.agent-status -> read-agent-status |-------/
 *                        both readers   \-> quarantine
 * </pre>
 *
 * <p>Both sources meet in {@code sum-hosts} without a repartition: records are partitioned by the
 * hash of their host in every topic, and all these topics have the same number of partitions, so
 * that what belongs to a host is always with one task.
 */
public final class LedgerTopology {
  /** The store of device states, to be read by {@link StateReader}. */
  public static final String DEVICE_STATES = "device-states";

  static final String UNPUBLISHED = "unpublished-states";
  static final String WRITE_BEHIND = "write-behind";
  static final String HOST_SUMS = "host-sums";

  /** The store with an entry for each device that ever held a vector. */
  public static final String HOLDINGS = "device-holdings";

  static final String AGENT_STATUSES = "agent-statuses";
  static final String STANDING_BREACHES = "standing-breaches";
  static final String IRQS = "irqs-in-use";

  static final String EVENTS = "events";
  static final String READ_EVENTS = "read-events";
  static final String FOLD_DEVICES = "fold-devices";
  static final String AGENT_STATUS = "agent-status";
  static final String READ_AGENT_STATUS = "read-agent-status";
  static final String SUM_HOSTS = "sum-hosts";
  static final String DEVICE_STATE = "device-state";
  static final String VIOLATIONS = "violations";
  static final String COMMANDS = "commands";
  static final String HOST_PRESSURE = "host-pressure";
  static final String QUARANTINE = "quarantine";

  private final Topology topology;
  private final Lookups lookups;
  private final SchemaCatalog schemas;
  private final int replicationFactor;

  private LedgerTopology(Topology topology, Lookups lookups, int replicationFactor) {
    this.topology = topology;
    this.lookups = lookups;
    this.schemas = lookups.schemas();
    this.replicationFactor = replicationFactor;
  }

  /**
   * The topology of the service.
   *
   * @param lookups what records may be written with, and who must sign
   * @param policies what holds now
   * @param backlog what waits to be folded
   * @param stateInterval how long changes of a device are gathered before its state is published
   * @param pressureInterval how long changes of a host's sums are gathered before they are
   *     published, and how often time and policies are looked at
   * @param replicationFactor how many replicas the changelogs have
   */
  public static Topology of(
      Lookups lookups,
      Supplier<Policies> policies,
      Backlog backlog,
      Duration stateInterval,
      Duration pressureInterval,
      int replicationFactor) {
    Topology topology = new Topology();
    describe(
        topology, lookups, policies, backlog, stateInterval, pressureInterval, replicationFactor);
    return topology;
  }

  /** As {@link #of}, told to that topology, such as to one that somebody else runs. */
  public static void describe(
      Topology to,
      Lookups lookups,
      Supplier<Policies> policies,
      Backlog backlog,
      Duration stateInterval,
      Duration pressureInterval,
      int replicationFactor) {
    LedgerTopology ledger = new LedgerTopology(to, lookups, replicationFactor);
    ledger.addEvents(stateInterval);
    ledger.addAgentStatus();
    ledger.addSums(policies, backlog, pressureInterval);
    ledger.addSinks();
  }

  private void addEvents(Duration stateInterval) {
    addSource(EVENTS, Topic.EVENTS);
    topology.addProcessor(READ_EVENTS, () -> new EventReader(lookups), EVENTS);
    topology.addProcessor(
        FOLD_DEVICES, () -> new DeviceFolder(schemas, stateInterval), READ_EVENTS);
    topology.addStateStore(WriteBehind.builder(WRITE_BEHIND), FOLD_DEVICES);
    topology.addStateStore(writtenBehind(DEVICE_STATES), FOLD_DEVICES);
    topology.addStateStore(writtenBehind(UNPUBLISHED), FOLD_DEVICES);
  }

  private void addAgentStatus() {
    addSource(AGENT_STATUS, Topic.AGENT_STATUS);
    topology.addProcessor(READ_AGENT_STATUS, () -> new AgentStatusReader(schemas), AGENT_STATUS);
    topology.addStateStore(store(AGENT_STATUSES), READ_AGENT_STATUS);
  }

  private void addSums(Supplier<Policies> policies, Backlog backlog, Duration pressureInterval) {
    topology.addProcessor(
        SUM_HOSTS,
        () -> new HostSummer(schemas, pressureInterval, policies, backlog),
        FOLD_DEVICES,
        READ_AGENT_STATUS);
    topology.addStateStore(writtenBehind(HOST_SUMS), SUM_HOSTS);
    topology.addStateStore(writtenBehind(HOLDINGS), SUM_HOSTS);
    topology.addStateStore(store(STANDING_BREACHES), SUM_HOSTS);
    topology.addStateStore(store(IRQS), SUM_HOSTS);
    topology.connectProcessorAndStateStores(SUM_HOSTS, AGENT_STATUSES, DEVICE_STATES, WRITE_BEHIND);
  }

  private void addSinks() {
    addSink(DEVICE_STATE, Topic.DEVICE_STATE, FOLD_DEVICES);
    addSink(VIOLATIONS, Topic.VIOLATIONS, FOLD_DEVICES, SUM_HOSTS);
    addSink(COMMANDS, Topic.COMMANDS, SUM_HOSTS);
    addSink(HOST_PRESSURE, Topic.HOST_PRESSURE, SUM_HOSTS);
    addSink(QUARANTINE, Topic.QUARANTINE, READ_EVENTS, READ_AGENT_STATUS, FOLD_DEVICES);
  }

  /**
   * A history is folded from its beginning. Bytes always come through; what they are is seen after.
   */
  private void addSource(String name, Topic topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new LogTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic.topicName());
  }

  private void addSink(String name, Topic topic, String... parents) {
    topology.addSink(
        name,
        topic.topicName(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        new ByHost(),
        parents);
  }

  /**
   * On disk, with a changelog; cached, so that a key that changes often is written once a commit.
   */
  private StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
    return writtenBehind(name).withCachingEnabled();
  }

  /** On disk, with a changelog; not cached, since its writer does so itself. */
  private StoreBuilder<KeyValueStore<String, byte[]>> writtenBehind(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(ChangelogSettings.of(replicationFactor));
  }
}

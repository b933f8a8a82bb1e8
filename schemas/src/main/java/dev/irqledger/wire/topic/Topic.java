package dev.irqledger.wire.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The topics, and the settings that each is created with. */
public enum Topic {
  /** The log of record. */
  EVENTS("irq.events", "host/BDF", Cleanup.DELETE, Keep.FOREVER, Clock.LOG_APPEND),
  /** Requests to agents. What is older than a week has long expired. */
  COMMANDS("irq.commands", "host", Cleanup.DELETE, Duration.ofDays(7), Clock.LOG_APPEND),
  /** Budgets and idle limits. */
  POLICIES("irq.policies", "host or *", Cleanup.COMPACT, Keep.FOREVER, Clock.LOG_APPEND),
  /** The latest folded state of each device; a record has the log time of the event it reflects. */
  DEVICE_STATE("irq.device-state", "host/BDF", Cleanup.COMPACT, Keep.FOREVER, Clock.PRODUCER),
  /** Findings. */
  VIOLATIONS("irq.violations", "host/BDF", Cleanup.DELETE, Keep.FOREVER, Clock.PRODUCER),
  /** What each host's devices hold together. */
  HOST_PRESSURE("irq.host-pressure", "host", Cleanup.COMPACT, Keep.FOREVER, Clock.PRODUCER),
  /** Signs of life. */
  AGENT_STATUS("irq.agent-status", "host", Cleanup.COMPACT, Keep.FOREVER, Clock.LOG_APPEND),
  /** The JSON text of every schema that was ever used to write. */
  SCHEMAS(
      "irq.schemas", "fingerprint in hexadecimal", Cleanup.COMPACT, Keep.FOREVER, Clock.LOG_APPEND),
  /** By which keys hosts sign their events, and since when they must. No agent may write here. */
  KEYS("irq.keys", "host or *", Cleanup.COMPACT, Keep.FOREVER, Clock.LOG_APPEND),
  /** Records that could not be decoded. The originals stay in their topics. */
  QUARANTINE(
      "irq.quarantine", "original key", Cleanup.DELETE, Duration.ofDays(30), Clock.LOG_APPEND);

  private static final class Keep {
    /** No retention time, in Kafka's spelling. */
    static final Duration FOREVER = Duration.ofMillis(-1);
  }

  private enum Cleanup {
    DELETE(TopicConfig.CLEANUP_POLICY_DELETE),
    COMPACT(TopicConfig.CLEANUP_POLICY_COMPACT);

    private final String setting;

    Cleanup(String setting) {
      this.setting = setting;
    }
  }

  /**
   * Whose time a record carries. Where hosts write it is the broker's: their clocks may be wrong,
   * and a broker refuses records that are an hour ahead (KIP-1030).
   */
  private enum Clock {
    LOG_APPEND("LogAppendTime"),
    PRODUCER("CreateTime");

    private final String setting;

    Clock(String setting) {
      this.setting = setting;
    }
  }

  private final String topicName;
  private final String key;
  private final Cleanup cleanup;
  private final Duration retention;
  private final Clock clock;

  Topic(String topicName, String key, Cleanup cleanup, Duration retention, Clock clock) {
    this.topicName = topicName;
    this.key = key;
    this.cleanup = cleanup;
    this.retention = retention;
    this.clock = clock;
  }

  public String topicName() {
    return topicName;
  }

  /** What the records' keys are, in words. */
  public String key() {
    return key;
  }

  /** True where the latest record of a key replaces those before. */
  public boolean compacted() {
    return cleanup == Cleanup.COMPACT;
  }

  /**
   * How many partitions it has: the same for all, so that a host has the same number everywhere;
   * one for the schemas, which are few and read as a whole.
   */
  public int partitions(int forHosts) {
    return this == SCHEMAS ? 1 : forHosts;
  }

  /** The settings that tell what the topic is; they hold on every cluster. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.setting);
    settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
    // Nothing is to be cut off by size either, whatever the broker's default says.
    settings.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, clock.setting);
    return settings;
  }

  /** All settings of a new topic with that many replicas. */
  public Map<String, String> settings(int replicationFactor) {
    Map<String, String> settings = new HashMap<>(settings());
    // With acks=all an acknowledged record outlives the loss of one replica, and one may be down.
    settings.put(
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
        Integer.toString(Math.max(1, replicationFactor - 1)));
    // A replica that lags must never become the leader: it would cut acknowledged events off.
    settings.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    // As the producer sent it: no broker spends time on compressing it again.
    settings.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
    return settings;
  }
}

package dev.irqledger.service.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The settings of the changelog topics, with the reason for each. */
final class ChangelogSettings {
  private ChangelogSettings() {}

  static Map<String, String> of(int replicationFactor) {
    Map<String, String> settings = new HashMap<>();
    // The latest value of each key is all that a restore needs.
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    // As for the topics of the log: a committed state outlives the loss of one replica.
    settings.put(
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
        Integer.toString(Math.max(1, replicationFactor - 1)));
    // A changelog that loses its end no longer agrees with the committed positions.
    settings.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    // Changes carry the log time of the event behind them.
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
    settings.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
    // Only closed segments are compacted: small ones keep short what a restore has to read.
    settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(32 << 20));
    settings.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2");
    return settings;
  }
}

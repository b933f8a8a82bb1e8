package dev.irqledger.wire.topic;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The settings of every plain consumer of this project, with the reason for each. */
public final class ConsumerSettings {
  private ConsumerSettings() {}

  /**
   * Of a consumer of bytes that belongs to no group: its user assigns partitions and seeks. The map
   * may be changed.
   */
  public static Map<String, Object> readCommitted(String bootstrap) {
    return readCommitted(bootstrap, ClientSettings.NONE);
  }

  /**
   * As {@link #readCommitted(String)}.
   *
   * @param more what the user adds
   */
  public static Map<String, Object> readCommitted(String bootstrap, ClientSettings more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    // Bytes: whatever stands in the log must come through, to be judged by the codecs.
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    // The service writes in transactions; what it took back must not be seen.
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Positions are kept by the reader, never by the broker.
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // A position that the log no longer has is an error to report, not one to jump over.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    // A misspelt name must not become a topic with the broker's defaults.
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Records damaged on the way or on disk must not pass for history.
    settings.put(ConsumerConfig.CHECK_CRCS_CONFIG, true);
    // Names of clients and hosts are nobody else's business.
    settings.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    settings.putAll(more.of(ClientSettings.Client.CONSUMER));
    return settings;
  }
}

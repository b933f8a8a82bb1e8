package dev.irqledger.wire.topic;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The settings of every producer of this project, with the reason for each. */
public final class ProducerSettings {
  private ProducerSettings() {}

  /**
   * Of a producer of text keys and encoded values, that neither loses, repeats nor reorders records
   * while it lives. The map may be changed.
   */
  public static Map<String, Object> idempotent(String bootstrap) {
    return idempotent(bootstrap, ClientSettings.NONE);
  }

  /**
   * As {@link #idempotent(String)}.
   *
   * @param more what the user adds
   */
  public static Map<String, Object> idempotent(String bootstrap, ClientSettings more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    // A host's records must all meet in one partition, in order.
    settings.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, HostPartitioner.class.getName());
    // Acknowledged means: on every replica that is in sync.
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // The broker drops what a retry repeats. Named here so that a contradicting setting fails
    // instead of switching it off (KIP-679).
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // The most that an idempotent producer keeps in order.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
    // Retry until the delivery timeout, which alone bounds how long a record can be under way. Who
    // sees it expire closes the producer and sends the same records again with a new one.
    settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 30_000);
    // A caller that must not wait, such as a heartbeat, is told so within this time.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    // Events repeat the same names: batches shrink several times, at little cost.
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    // A few milliseconds fill batches; nobody waits for a single event.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    // Names of clients and hosts are nobody else's business.
    settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    settings.putAll(more.of(ClientSettings.Client.PRODUCER));
    return settings;
  }
}

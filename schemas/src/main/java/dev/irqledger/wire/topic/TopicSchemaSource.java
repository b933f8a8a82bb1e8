package dev.irqledger.wire.topic;

import dev.irqledger.wire.Fingerprint;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.SchemaSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The schemas in {@code irq.schemas}. The topic is read to the end that it has when a fingerprint
 * is asked for, and only what was added since the last time; no connection stays open in between.
 * Safe for use by many threads.
 */
public final class TopicSchemaSource implements SchemaSource {
  private final TopicReading topic;
  private final Map<String, String> schemas = new HashMap<>();

  /**
   * @param consumers makes a consumer without a group; it is closed after each reading
   * @param patience how long one reading may take
   */
  public TopicSchemaSource(
      Supplier<? extends Consumer<byte[], byte[]>> consumers, Duration patience) {
    this.topic = new TopicReading(Topic.SCHEMAS, consumers, patience);
  }

  /** Reads the topic of that cluster. */
  public static TopicSchemaSource of(String bootstrap) {
    return of(bootstrap, ClientSettings.NONE);
  }

  /**
   * Reads the topic of that cluster.
   *
   * @param more what the user adds to the consumer's settings
   */
  public static TopicSchemaSource of(String bootstrap, ClientSettings more) {
    Map<String, Object> settings = ConsumerSettings.readCommitted(bootstrap, more);
    return new TopicSchemaSource(() -> new KafkaConsumer<>(settings), Duration.ofSeconds(30));
  }

  @Override
  public synchronized @Nullable String schema(long fingerprint) {
    String key = Fingerprint.hex(fingerprint);
    String known = schemas.get(key);
    if (known == null) {
      refresh();
      known = schemas.get(key);
    }
    return known;
  }

  /**
   * The fingerprints of all published schemas, in hexadecimal.
   *
   * @throws LookupUnavailable if the topic cannot be read now
   */
  public synchronized Set<String> published() {
    refresh();
    return Set.copyOf(schemas.keySet());
  }

  private void refresh() {
    topic.readOn(this::keep);
  }

  private void keep(ConsumerRecord<byte[], byte[]> schema) {
    if (schema.key() != null && schema.value() != null) {
      schemas.put(
          new String(schema.key(), StandardCharsets.UTF_8),
          new String(schema.value(), StandardCharsets.UTF_8));
    }
  }
}

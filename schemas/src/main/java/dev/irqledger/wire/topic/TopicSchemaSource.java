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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The schemas in {@code irq.schemas}. The topic is read to the end that it has when a fingerprint
 * is asked for, and only what was added since the last time; no connection stays open in between.
 * Safe for use by many threads.
 *
 * <p>A plain consumer, since a corrupt global table would be restored in a loop (KAFKA-21034).
 */
public final class TopicSchemaSource implements SchemaSource {
  private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
  private final Duration patience;
  private final Map<String, String> schemas = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /**
   * @param consumers makes a consumer without a group; it is closed after each reading
   * @param patience how long one reading may take
   */
  public TopicSchemaSource(
      Supplier<? extends Consumer<byte[], byte[]>> consumers, Duration patience) {
    this.consumers = consumers;
    this.patience = patience;
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

  /** A topic that ends before a position was made anew: it is read again from its beginning. */
  private void refresh() {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      Map<TopicPartition, Long> from = new HashMap<>();
      consumer
          .partitionsFor(Topic.SCHEMAS.topicName(), patience)
          .forEach(info -> {
            TopicPartition partition = new TopicPartition(info.topic(), info.partition());
            from.put(partition, positions.getOrDefault(partition, 0L));
          });
      positions.putAll(new ReadToEnd(consumer, patience).read(from, this::keep));
    } catch (KafkaException e) {
      throw new LookupUnavailable("cannot read " + Topic.SCHEMAS.topicName() + " now", e);
    }
  }

  private void keep(ConsumerRecord<byte[], byte[]> schema) {
    if (schema.key() != null && schema.value() != null) {
      schemas.put(
          new String(schema.key(), StandardCharsets.UTF_8),
          new String(schema.value(), StandardCharsets.UTF_8));
    }
  }
}

package dev.irqledger.cli;

import dev.irqledger.replay.BrokerFailures;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.topic.AdminSettings;
import dev.irqledger.wire.topic.ClientSettings;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.ProducerSettings;
import dev.irqledger.wire.topic.SchemaPublisher;
import dev.irqledger.wire.topic.TopicLookups;
import dev.irqledger.wire.topic.TopicSchemaSource;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka cluster, and the clients that the commands use it with. What cannot be made because of a
 * wrong address is told as a {@link dev.irqledger.replay.ReplayException}.
 *
 * @param bootstrapServers its brokers, as {@code host:port} with commas between them
 * @param patience how long to wait for an answer before it counts as unreachable
 * @param kafka what the user adds to the settings of Kafka's clients
 */
public record Cluster(String bootstrapServers, Duration patience, ClientSettings kafka) {
  int patienceMs() {
    return Math.toIntExact(patience.toMillis());
  }

  /** An administrative client. */
  public Admin admin() {
    return Admin.create(AdminSettings.patient(bootstrapServers, patience, kafka));
  }

  /** A read-committed consumer that belongs to no group. */
  public Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = ConsumerSettings.readCommitted(bootstrapServers, kafka);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patienceMs());
    try {
      return new KafkaConsumer<>(settings);
    } catch (KafkaException e) {
      throw BrokerFailures.of(bootstrapServers, e);
    }
  }

  /**
   * An idempotent producer, once all schemas that it needs are published.
   *
   * @throws dev.irqledger.wire.LookupUnavailable if they cannot be
   */
  public Producer<String, byte[]> producer() {
    Map<String, Object> settings = ProducerSettings.idempotent(bootstrapServers, kafka);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMs());
    Producer<String, byte[]> producer = producer(settings);
    try {
      SchemaPublisher.publishMissing(TopicSchemaSource.of(bootstrapServers, kafka), producer);
      return producer;
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /** An idempotent producer of bytes, which publishes no schemas. */
  public Producer<byte[], byte[]> plainProducer() {
    Map<String, Object> settings = ProducerSettings.idempotent(bootstrapServers, kafka);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMs());
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    // each record says where it goes
    settings.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
    try {
      return new KafkaProducer<>(settings);
    } catch (KafkaException e) {
      throw BrokerFailures.of(bootstrapServers, e);
    }
  }

  /**
   * Publishes schemas that are not on the cluster.
   *
   * @param schemas JSON texts by their fingerprints in hexadecimal
   * @throws dev.irqledger.wire.LookupUnavailable if they cannot be
   */
  public void publish(SortedMap<String, String> schemas) {
    try (Producer<String, byte[]> producer = producer()) {
      var _ =
          SchemaPublisher.publishMissing(
              TopicSchemaSource.of(bootstrapServers, kafka), producer, schemas);
    }
  }

  private Producer<String, byte[]> producer(Map<String, Object> settings) {
    try {
      return new KafkaProducer<>(settings);
    } catch (KafkaException e) {
      throw BrokerFailures.of(bootstrapServers, e);
    }
  }

  /** What the log's readers look up there. */
  public Lookups lookups() {
    return TopicLookups.of(bootstrapServers, kafka);
  }

  /** The released schemas, and beyond them those that are published on the cluster. */
  public SchemaCatalog schemas() {
    return new SchemaCatalog(TopicSchemaSource.of(bootstrapServers, kafka));
  }
}

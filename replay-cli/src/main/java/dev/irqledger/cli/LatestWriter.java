package dev.irqledger.cli;

import dev.irqledger.replay.BrokerFailures;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.topic.Topic;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a compacted topic, each record until the brokers have it.
 *
 * @param <T> what its values are
 */
public final class LatestWriter<T extends SpecificRecord> implements AutoCloseable {
  private final Cluster cluster;
  private final Topic topic;
  private final Producer<String, byte[]> producer;
  private final WireCodec<T> codec;

  public LatestWriter(Cluster cluster, Topic topic, Class<T> type) {
    this.cluster = cluster;
    this.topic = topic;
    this.codec = new WireCodec<>(type, SchemaCatalog.releasedOnly());
    this.producer = cluster.producer();
  }

  /**
   * Writes what holds under that key from now on.
   *
   * @param value null takes it away
   * @throws dev.irqledger.replay.ReplayException if the brokers do not acknowledge it
   */
  public void write(String key, @Nullable T value) {
    byte @Nullable [] bytes = value == null ? null : codec.encode(value);
    try {
      var _ = producer.send(new ProducerRecord<>(topic.topicName(), key, bytes)).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause
          ? BrokerFailures.of(cluster.bootstrapServers(), cause)
          : new KafkaException(e.getCause());
    } catch (KafkaException e) {
      throw BrokerFailures.of(cluster.bootstrapServers(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    producer.close(cluster.patience());
  }
}

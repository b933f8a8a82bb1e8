package dev.irqledger.cli.write;

import dev.irqledger.cli.Cluster;
import dev.irqledger.replay.BrokerFailures;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Policy;
import dev.irqledger.wire.topic.Topic;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Writes policies, each until the brokers have it. */
final class PolicyWriter implements AutoCloseable {
  private final Cluster cluster;
  private final Producer<String, byte[]> producer;
  private final WireCodec<Policy> codec =
      new WireCodec<>(Policy.class, SchemaCatalog.releasedOnly());

  PolicyWriter(Cluster cluster) {
    this.cluster = cluster;
    this.producer = cluster.producer();
  }

  /**
   * Writes the host's policy.
   *
   * @param policy null takes it away
   * @throws dev.irqledger.replay.ReplayException if the brokers do not acknowledge it
   */
  Place write(String host, @Nullable Policy policy) {
    byte @Nullable [] value = policy == null ? null : codec.encode(policy);
    try {
      RecordMetadata at =
          producer.send(new ProducerRecord<>(Topic.POLICIES.topicName(), host, value)).get();
      return new Place(at.partition(), at.offset(), at.timestamp());
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

package dev.irqledger.service.live;

import dev.irqledger.wire.topic.AdminSettings;
import dev.irqledger.wire.topic.ClientSettings;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The cluster that is read to answer questions.
 *
 * @param bootstrapServers its brokers
 * @param kafka what the user adds to the settings of Kafka's clients
 * @param partitions how many partitions its topics have for hosts
 * @param patience how long one of its answers may take
 */
record LiveCluster(
    String bootstrapServers, ClientSettings kafka, int partitions, Duration patience) {
  /** Of a consumer for one client: many of them are to fit. */
  private static final int FETCH_BYTES = 1 << 20;

  /**
   * That cluster, with as many partitions as its topics have.
   *
   * @throws KafkaException if it does not tell
   */
  static LiveCluster of(String bootstrapServers, ClientSettings kafka, Duration patience) {
    try (Consumer<byte[], byte[]> consumer =
        new LiveCluster(bootstrapServers, kafka, 0, patience).consumer()) {
      int partitions = consumer.partitionsFor(Topic.DEVICE_STATE.topicName(), patience).size();
      return new LiveCluster(bootstrapServers, kafka, partitions, patience);
    }
  }

  /** Settings of a read-committed consumer that does not wait longer than the patience. */
  Map<String, Object> consumerSettings() {
    Map<String, Object> settings = ConsumerSettings.readCommitted(bootstrapServers, kafka);
    int patienceMs = Math.toIntExact(patience.toMillis());
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patienceMs);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMs);
    return settings;
  }

  Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(consumerSettings());
  }

  /** A consumer for the questions of one client. */
  Consumer<byte[], byte[]> smallConsumer() {
    Map<String, Object> settings = new HashMap<>(consumerSettings());
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES / 4);
    return new KafkaConsumer<>(settings);
  }

  Admin admin() {
    return Admin.create(AdminSettings.patient(bootstrapServers, patience, kafka));
  }

  /** All partitions of a topic for hosts. */
  List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
  }

  /**
   * One past the last record of each partition, whether its transaction is open or not.
   *
   * @throws KafkaException if the cluster does not tell
   */
  SortedMap<Integer, Long> endsWithOpen(Admin admin, List<TopicPartition> of) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    of.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
    SortedMap<Integer, Long> ends = new TreeMap<>();
    try {
      admin
          .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
          .all()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS)
          .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
      return ends;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("no ends of " + of, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}

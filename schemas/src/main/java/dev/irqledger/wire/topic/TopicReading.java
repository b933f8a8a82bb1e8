package dev.irqledger.wire.topic;

import dev.irqledger.wire.LookupUnavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A small topic that is read to the end that it has now, each time only what was added since; no
 * connection stays open in between. One thread at a time may use it.
 *
 * <p>A plain consumer, since a corrupt global table would be restored in a loop (KAFKA-21034).
 */
final class TopicReading {
  private final Topic topic;
  private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
  private final Duration patience;
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /**
   * @param consumers makes a consumer without a group; it is closed after each reading
   * @param patience how long one reading may take
   */
  TopicReading(
      Topic topic, Supplier<? extends Consumer<byte[], byte[]>> consumers, Duration patience) {
    this.topic = topic;
    this.consumers = consumers;
    this.patience = patience;
  }

  /**
   * Reads on. A topic that ends before a position was made anew: it is read again from its
   * beginning.
   *
   * @throws LookupUnavailable if it cannot be read now
   */
  void readOn(java.util.function.Consumer<? super ConsumerRecord<byte[], byte[]>> sink) {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      Map<TopicPartition, Long> from = new HashMap<>();
      consumer
          .partitionsFor(topic.topicName(), patience)
          .forEach(info -> {
            TopicPartition partition = new TopicPartition(info.topic(), info.partition());
            from.put(partition, positions.getOrDefault(partition, 0L));
          });
      positions.putAll(new ReadToEnd(consumer, patience).read(from, sink));
    } catch (KafkaException e) {
      throw new LookupUnavailable("cannot read " + topic.topicName() + " now", e);
    }
  }
}

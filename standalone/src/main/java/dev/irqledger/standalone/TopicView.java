package dev.irqledger.standalone;

import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What a topic holds, read as it grows: every value in order, and the latest of each key.
 *
 * @param <T> what the values are
 */
final class TopicView<T> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Topic topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Function<byte[], Decoded<T>> decode;
  private final Map<String, T> latest = new TreeMap<>();
  private final List<T> all = new ArrayList<>();

  TopicView(String bootstrapServers, Topic topic, Function<byte[], Decoded<T>> decode) {
    this.topic = topic;
    this.decode = decode;
    this.consumer = new KafkaConsumer<>(ConsumerSettings.readCommitted(bootstrapServers));
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.topicName()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The latest value of each key. */
  Map<String, T> latest() {
    return latest;
  }

  /** Every value, those of one key in order. */
  List<T> all() {
    return all;
  }

  /**
   * Reads on until what is held satisfies the condition.
   *
   * @param expected what is waited for, in words
   * @throws TimeoutException if it does not within the time
   */
  void await(Predicate<TopicView<T>> condition, Duration patience, String expected)
      throws TimeoutException {
    Instant end = Instant.now().plus(patience);
    while (!condition.test(this)) {
      if (Instant.now().isAfter(end)) {
        throw new TimeoutException(
            topic.topicName()
                + " did not show "
                + expected
                + " within "
                + patience.toSeconds()
                + " s");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        keep(record);
      }
    }
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    switch (decode.apply(record.value())) {
      case Decoded.Value<T>(T value) -> {
        latest.put(key, value);
        all.add(value);
      }
      case Decoded.Undecodable<T>(String reason) ->
          throw new IllegalStateException(
              topic.topicName() + " offset " + record.offset() + " cannot be read: " + reason);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

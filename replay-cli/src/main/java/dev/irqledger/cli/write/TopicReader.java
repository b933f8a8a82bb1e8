package dev.irqledger.cli.write;

import dev.irqledger.cli.Cluster;
import dev.irqledger.replay.BrokerFailures;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads stretches of topics, and what is added to one. Whatever Kafka has to complain of comes as a
 * {@link dev.irqledger.replay.ReplayException}.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Cluster cluster;
  private final Consumer<byte[], byte[]> consumer;

  /** Takes one record. */
  @FunctionalInterface
  public interface Sink {
    /** Returns false to end the reading. */
    boolean accept(ConsumerRecord<byte[], byte[]> record);
  }

  public TopicReader(Cluster cluster) {
    this.cluster = cluster;
    this.consumer = cluster.consumer();
  }

  /** All partitions of the topic, which must be there. */
  public List<TopicPartition> partitions(Topic topic) {
    // listTopics, since partitionsFor may ask the broker to create what is missing
    List<PartitionInfo> found = reaching(() -> consumer.listTopics().get(topic.topicName()));
    if (found == null || found.isEmpty()) {
      throw BrokerFailures.noTopic(topic.topicName(), cluster.bootstrapServers());
    }
    return found.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
  }

  public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return reaching(() -> consumer.beginningOffsets(partitions));
  }

  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return reaching(() -> consumer.endOffsets(partitions));
  }

  /** The first record of each partition from that log time on; where there is none, its end. */
  Map<TopicPartition, Long> since(Collection<TopicPartition> partitions, Instant time) {
    Map<TopicPartition, Long> wanted = new HashMap<>();
    partitions.forEach(p -> wanted.put(p, Math.max(0, time.toEpochMilli())));
    Map<TopicPartition, Long> first = new HashMap<>(ends(partitions));
    reaching(() -> consumer.offsetsForTimes(wanted))
        .forEach((p, at) -> {
          if (at != null) {
            first.put(p, at.offset());
          }
        });
    return first;
  }

  /** Hands over the records between two offsets of each partition, the second not included. */
  public void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, Sink sink) {
    Map<TopicPartition, Long> wanted = new HashMap<>(from);
    wanted.entrySet().removeIf(e -> e.getValue() >= to.getOrDefault(e.getKey(), 0L));
    reaching(() -> {
      consumer.assign(wanted.keySet());
      wanted.forEach(consumer::seek);
      drain(to, sink);
      return true;
    });
  }

  private void drain(Map<TopicPartition, Long> to, Sink sink) {
    long progressed = System.nanoTime();
    long before = -1;
    while (!consumer.assignment().isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < to.getOrDefault(partition, 0L) && !sink.accept(record)) {
          return;
        }
      }
      // a position passes what is no record for us: markers of transactions, compacted offsets
      long reached = consumer.assignment().stream().mapToLong(consumer::position).sum();
      if (reached != before) {
        progressed = System.nanoTime();
        before = reached;
      } else if (System.nanoTime() - progressed > cluster.patience().toNanos()) {
        throw new TimeoutException("nothing came for " + cluster.patience());
      }
      List<TopicPartition> open =
          consumer.assignment().stream()
              .filter(p -> consumer.position(p) < to.getOrDefault(p, 0L))
              .toList();
      if (open.size() < consumer.assignment().size()) {
        consumer.assign(open);
        before = -1;
      }
    }
  }

  /** From now on {@link #poll} gives what is added to the partition from that offset on. */
  void follow(TopicPartition partition, long offset) {
    reaching(() -> {
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      return true;
    });
  }

  /** What was added to the partition that is followed; perhaps nothing yet. */
  ConsumerRecords<byte[], byte[]> poll() {
    return reaching(() -> consumer.poll(POLL));
  }

  /** The next poll begins after that record again. */
  void backTo(Place place, Topic topic) {
    consumer.seek(new TopicPartition(topic.topicName(), place.partition()), place.offset() + 1);
  }

  private <T> T reaching(Supplier<T> work) {
    try {
      return work.get();
    } catch (KafkaException e) {
      throw BrokerFailures.of(cluster.bootstrapServers(), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

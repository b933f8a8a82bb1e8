package dev.irqledger.wire.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads partitions from given positions to the end that they have when it begins. A plain reading,
 * since a corrupt global table would be restored in a loop (KAFKA-21034).
 */
public final class ReadToEnd {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;

  /**
   * @param consumer without a group; not closed with this
   * @param patience how long each answer, and the reading as a whole, may take
   */
  public ReadToEnd(Consumer<byte[], byte[]> consumer, Duration patience) {
    this.consumer = consumer;
    this.patience = patience;
  }

  /**
   * Reads on.
   *
   * @param from a position for each partition; one that the partition does not have (any more)
   *     stands for its beginning
   * @param sink is told each record
   * @return the positions behind the last record read
   * @throws TimeoutException if it takes longer than the patience
   */
  public Map<TopicPartition, Long> read(
      Map<TopicPartition, Long> from,
      java.util.function.Consumer<? super ConsumerRecord<byte[], byte[]>> sink) {
    Collection<TopicPartition> partitions = from.keySet();
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
    seek(from, ends);
    long deadline = System.nanoTime() + patience.toNanos();
    while (!reached(ends)) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("not read to its end in " + patience.toSeconds() + " s");
      }
      consumer.poll(POLL).forEach(sink);
    }
    Map<TopicPartition, Long> positions = new HashMap<>();
    partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
    return positions;
  }

  private void seek(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(from.keySet(), patience);
    from.forEach((partition, position) -> {
      long beginning = beginnings.getOrDefault(partition, 0L);
      boolean there = position >= beginning && position <= ends.getOrDefault(partition, 0L);
      consumer.seek(partition, there ? position : beginning);
    });
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}

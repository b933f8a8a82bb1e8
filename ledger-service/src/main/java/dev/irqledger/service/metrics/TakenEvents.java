package dev.irqledger.service.metrics;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Sees what Streams takes from the log. Made by Kafka, by its name. */
public final class TakenEvents implements ConsumerInterceptor<Object, Object> {
  private @Nullable Traffic traffic;

  @Override
  public void configure(Map<String, ?> settings) {
    traffic = (Traffic) Objects.requireNonNull(settings.get(Traffic.SETTING));
  }

  @Override
  public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
    Traffic known = Objects.requireNonNull(traffic);
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<Object, Object>> taken = records.records(partition);
      if (!taken.isEmpty()) {
        known.taken(taken.getLast());
      }
    }
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}

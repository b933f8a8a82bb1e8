package dev.irqledger.service.metrics;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sees what Streams writes. Made by Kafka, by its name. */
public final class PublishedResults implements ProducerInterceptor<Object, Object> {
  private @Nullable Traffic traffic;

  @Override
  public void configure(Map<String, ?> settings) {
    traffic = (Traffic) Objects.requireNonNull(settings.get(Traffic.SETTING));
  }

  @Override
  public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
    Objects.requireNonNull(traffic).published(record);
    return record;
  }

  @Override
  public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {}

  @Override
  public void close() {}
}

package dev.irqledger.cli.imports;

import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.Topic;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Publishes imported events. What follows one that failed is not published either. */
public final class KafkaSink implements EventSink {
  private final Producer<String, byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param producer is closed with the sink
   */
  public KafkaSink(Producer<String, byte[]> producer) {
    this.producer = producer;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
  public void send(SealedEvent event) {
    requireDelivered();
    producer.send(
        new ProducerRecord<>(Topic.EVENTS.topicName(), event.key(), event.bytes()),
        (_, failed) -> {
          if (failed != null) {
            failure.compareAndSet(null, failed);
          }
        });
  }

  @Override
  public void flush() {
    producer.flush();
    requireDelivered();
  }

  private void requireDelivered() {
    Exception failed = failure.get();
    if (failed != null) {
      throw new KafkaException(
          "an event could not be published (" + failed.getMessage() + "): import again to go on",
          failed);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}

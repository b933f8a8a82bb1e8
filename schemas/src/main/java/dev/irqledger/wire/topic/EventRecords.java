package dev.irqledger.wire.topic;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.signature.EventSigner;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The records of {@code irq.events} as Kafka's clients have them. */
public final class EventRecords {
  private EventRecords() {}

  /**
   * An event on its way to the log, signed where its host signs.
   *
   * @param key host/BDF
   */
  public static ProducerRecord<String, byte[]> of(String key, byte[] value, EventSigner signer) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topic.EVENTS.topicName(), key, value);
    byte[] signature = signer.sign(value);
    if (signature != null) {
      record.headers().add(EventSigner.HEADER, signature);
    }
    return record;
  }

  /** The signature that a record's headers hold, the last one; null where none does. */
  public static byte @Nullable [] signature(Headers headers) {
    Header last = headers.lastHeader(EventSigner.HEADER);
    return last == null ? null : last.value();
  }

  /**
   * The event of a record, with what is known of its writer.
   *
   * @throws dev.irqledger.wire.LookupUnavailable if a schema or a key cannot be looked up now
   */
  public static Decoded<InterruptEvent> decode(
      EventCodec codec, ConsumerRecord<byte[], byte[]> record) {
    return codec.decode(record.value(), signature(record.headers()), record.timestamp());
  }
}

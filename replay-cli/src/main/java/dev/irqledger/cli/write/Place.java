package dev.irqledger.cli.write;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a record stands in its topic.
 *
 * @param logTimeMs the broker's append time, milliseconds since 1970
 */
record Place(int partition, long offset, long logTimeMs) {
  static Place of(ConsumerRecord<?, ?> record) {
    return new Place(record.partition(), record.offset(), record.timestamp());
  }

  Instant logTime() {
    return Instant.ofEpochMilli(logTimeMs);
  }

  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}

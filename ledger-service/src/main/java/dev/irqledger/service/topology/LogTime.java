package dev.irqledger.service.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The broker's append time. Streams' own extractors stop at a record without a time, or drop it; no
 * event may do either, so that such a record counts as one of 1970.
 */
final class LogTime implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return Math.max(0, record.timestamp());
  }
}

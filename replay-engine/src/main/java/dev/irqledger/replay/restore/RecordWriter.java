package dev.irqledger.replay.restore;

import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Writes records where they were: the broker must give each the offset and time that it had. */
final class RecordWriter {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final SortedMap<Integer, Long> next;
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private long written;

  /**
   * @param next the offset that each partition gives next
   */
  RecordWriter(Producer<byte[], byte[]> producer, String topic, SortedMap<Integer, Long> next) {
    this.producer = producer;
    this.topic = topic;
    this.next = new TreeMap<>(next);
  }

  long written() {
    return written;
  }

  /** Sends a record; false once one before it came to something else than it was. */
  boolean write(LogRecord record) {
    long expected = next.getOrDefault(record.partition(), 0L);
    if (record.offset() != expected) {
      throw new ReplayException(
          Kind.WRONG_USE,
          "the archive has no record at partition "
              + record.partition()
              + " offset "
              + expected
              + ", but one at "
              + record.offset()
              + ": there was none in the log, and Kafka gives no offset to nothing");
    }
    next.put(record.partition(), expected + 1);
    List<Header> headers =
        record.headers().stream()
            .<Header>map(header -> new RecordHeader(header.key(), header.value()))
            .toList();
    var _ =
        producer.send(
            new ProducerRecord<>(
                topic,
                record.partition(),
                record.logTimeMillis(),
                record.key(),
                record.value(),
                headers),
            (metadata, e) -> acknowledged(record, metadata, e));
    written++;
    return failure.get() == null;
  }

  private void acknowledged(
      LogRecord record, @Nullable RecordMetadata metadata, @Nullable Exception e) {
    if (e != null || metadata == null) {
      failed(e instanceof KafkaException kafka ? kafka : new KafkaException(e));
    } else if (metadata.offset() != record.offset()) {
      failed(
          new ReplayException(
              Kind.WRONG_USE,
              "somebody else writes to the log: the record of partition "
                  + record.partition()
                  + " offset "
                  + record.offset()
                  + " got offset "
                  + metadata.offset()
                  + "; stop the agents, make the topic anew, and run it again"));
    } else if (metadata.timestamp() != record.logTimeMillis()) {
      failed(
          new ReplayException(
              Kind.WRONG_USE,
              "the broker did not keep the time of the record at partition "
                  + record.partition()
                  + " offset "
                  + record.offset()
                  + ": make the topic anew, and run it again"));
    }
  }

  private void failed(RuntimeException e) {
    failure.compareAndSet(null, e);
  }

  /** Waits until everything is acknowledged. */
  void finish() {
    producer.flush();
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }
}

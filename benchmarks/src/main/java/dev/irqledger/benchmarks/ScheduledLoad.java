package dev.irqledger.benchmarks;

import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.ProducerSettings;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends events by the clock and measures when a reader of committed records has their results. What
 * counts is when an event was to be sent, so that a stall cannot hide what it delays.
 */
final class ScheduledLoad implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final int DIGITS = 3;

  private final LoadedLog log;
  private final Arrival arrival;
  private final Consumer<byte[], byte[]> results;

  /**
   * @param topic where the results are
   */
  ScheduledLoad(LoadedLog log, String topic, Arrival arrival) {
    this.log = log;
    this.arrival = arrival;
    this.results = new KafkaConsumer<>(ConsumerSettings.readCommitted(log.bootstrapServers()));
    results.assign(
        IntStream.range(0, log.partitions())
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList());
    results.seekToBeginning(results.assignment());
  }

  /** When each event was to be sent, in the order of its partition. */
  private static final class Due {
    private final List<Long> nanos = new ArrayList<>();
    private int arrived;
  }

  /**
   * Sends them all.
   *
   * @param first the number of the first event that counts
   * @return the times from sending to result, in microseconds
   */
  Histogram send(List<SealedEvent> events, int perSecond, int first) throws Exception {
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
    double gap = 1e9 / perSecond;
    List<Due> due = IntStream.range(0, log.partitions()).mapToObj(_ -> new Due()).toList();
    for (int i = 0; i < events.size(); i++) {
      String host = events.get(i).event().device().host();
      long at = start + (long) (i * gap);
      due.get(HostPartitioner.partition(host, log.partitions())).nanos.add(i < first ? -at : at);
    }
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(() -> sendAll(events, start, gap), Thread::startVirtualThread);
    Histogram times = read(due, events.size());
    sending.get();
    return times;
  }

  private void sendAll(List<SealedEvent> events, long start, double gap) {
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(ProducerSettings.idempotent(log.bootstrapServers()))) {
      for (int i = 0; i < events.size(); i++) {
        long at = start + (long) (i * gap);
        for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        SealedEvent event = events.get(i);
        var _ =
            producer.send(
                new ProducerRecord<>(Topic.EVENTS.topicName(), event.key(), event.bytes()));
      }
    }
  }

  private Histogram read(List<Due> due, long events) {
    Histogram times = new Histogram(TimeUnit.NANOSECONDS.toMicros(PATIENCE_NANOS), DIGITS);
    long arrived = 0;
    long progressed = System.nanoTime();
    while (arrived < events) {
      ConsumerRecords<byte[], byte[]> polled = results.poll(Duration.ofMillis(100));
      long now = System.nanoTime();
      for (ConsumerRecord<byte[], byte[]> record : polled) {
        arrived += arrive(due.get(record.partition()), arrival.reached(record), now, times);
        progressed = now;
      }
      if (now - progressed > PATIENCE_NANOS) {
        throw new IllegalStateException("no more than " + arrived + " of " + events + " arrived");
      }
    }
    return times;
  }

  private static long arrive(Due due, long reached, long now, Histogram times) {
    long more = 0;
    for (; due.arrived <= reached; due.arrived++, more++) {
      long at = due.nanos.get(due.arrived);
      if (at > 0) {
        times.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, now - at)));
      }
    }
    return more;
  }

  @Override
  public void close() {
    results.close();
  }
}

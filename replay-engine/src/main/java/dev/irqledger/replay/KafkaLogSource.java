package dev.irqledger.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The log as Kafka holds it. Reads by assignment: it joins no group and commits nothing. */
public final class KafkaLogSource implements LogSource {
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Only what is there already is read, so no broker need wait for more. A request that waits holds
   * up the next one on its connection, and the closing: half a second for every reading by default.
   */
  private static final int FETCH_WAIT_MS = 10;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final String bootstrapServers;
  private final Duration patience;

  /**
   * Reads a topic through a consumer, which is closed with the source.
   *
   * @param patience how long a reading may go without any progress
   */
  KafkaLogSource(
      Consumer<byte[], byte[]> consumer, String topic, String bootstrapServers, Duration patience) {
    this.consumer = consumer;
    this.topic = topic;
    this.bootstrapServers = bootstrapServers;
    this.patience = patience;
  }

  /**
   * Opens a topic.
   *
   * @param settings consumer settings; read-committed, and no automatic reset of offsets
   * @throws ReplayException if the settings name no broker that can be looked up
   */
  public static KafkaLogSource open(Map<String, Object> settings, String topic) {
    String servers = String.valueOf(settings.get("bootstrap.servers"));
    Map<String, Object> impatient = new HashMap<>(settings);
    impatient.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
    try {
      return new KafkaLogSource(
          new KafkaConsumer<>(impatient, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
          topic,
          servers,
          patience(settings));
    } catch (KafkaException e) {
      throw BrokerFailures.of(servers, e);
    }
  }

  private static Duration patience(Map<String, Object> settings) {
    return settings.get(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG) instanceof Integer ms
        ? Duration.ofMillis(ms)
        : Duration.ofMinutes(1);
  }

  @Override
  public SortedMap<Integer, PartitionRange> ranges() {
    return reaching(() -> {
      List<TopicPartition> partitions = partitions();
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      SortedMap<Integer, PartitionRange> ranges = new TreeMap<>();
      for (TopicPartition p : partitions) {
        ranges.put(
            p.partition(),
            new PartitionRange(begins.getOrDefault(p, 0L), ends.getOrDefault(p, 0L)));
      }
      return ranges;
    });
  }

  @Override
  public SortedMap<Integer, Long> firstAfter(Instant time) {
    return reaching(() -> {
      Map<TopicPartition, Long> wanted = new HashMap<>();
      partitions().forEach(p -> wanted.put(p, time.toEpochMilli() + 1));
      SortedMap<Integer, Long> first = new TreeMap<>();
      Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
      found.forEach((p, at) -> {
        if (at != null) {
          first.put(p.partition(), at.offset());
        }
      });
      return first;
    });
  }

  @Override
  public void read(SortedMap<Integer, Long> last, Sink sink) {
    read(Collections.emptySortedMap(), last, sink);
  }

  @Override
  public void read(SortedMap<Integer, Long> from, SortedMap<Integer, Long> last, Sink sink) {
    reaching(() -> {
      List<TopicPartition> wanted =
          last.entrySet().stream()
              .filter(e -> e.getValue() >= from.getOrDefault(e.getKey(), 0L))
              .map(e -> new TopicPartition(topic, e.getKey()))
              .toList();
      consumer.assign(wanted);
      for (TopicPartition partition : wanted) {
        Long first = from.get(partition.partition());
        if (first == null) {
          consumer.seekToBeginning(List.of(partition));
        } else {
          consumer.seek(partition, first);
        }
      }
      drain(last, sink);
      return true;
    });
  }

  private void drain(SortedMap<Integer, Long> last, Sink sink) {
    long progressed = System.nanoTime();
    long before = 0;
    while (!consumer.assignment().isEmpty()) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> r : polled) {
        if (r.offset() <= last.getOrDefault(r.partition(), -1L) && !sink.accept(record(r))) {
          return;
        }
      }
      long reached = consumer.assignment().stream().mapToLong(consumer::position).sum();
      if (!polled.isEmpty() || reached != before) {
        progressed = System.nanoTime();
        before = reached;
      } else if (System.nanoTime() - progressed > patience.toNanos()) {
        // poll does not tell that nobody answers any more
        throw new TimeoutException("no record for " + patience.toSeconds() + " s");
      }
      // a position passes what is no record for us: markers of transactions
      List<TopicPartition> open =
          consumer.assignment().stream()
              .filter(p -> consumer.position(p) <= last.getOrDefault(p.partition(), -1L))
              .toList();
      if (open.size() < consumer.assignment().size()) {
        consumer.assign(open);
      }
    }
  }

  private static LogRecord record(ConsumerRecord<byte[], byte[]> r) {
    List<LogRecord.Header> headers = new ArrayList<>();
    r.headers().forEach(header -> headers.add(new LogRecord.Header(header.key(), header.value())));
    return new LogRecord(
        r.partition(), r.offset(), r.timestamp(), r.key(), r.value(), List.copyOf(headers));
  }

  private List<TopicPartition> partitions() {
    // listTopics, since partitionsFor may ask the broker to create what is missing
    List<PartitionInfo> found = consumer.listTopics().get(topic);
    if (found == null || found.isEmpty()) {
      throw BrokerFailures.noTopic(topic, bootstrapServers);
    }
    return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
  }

  private <T> T reaching(Supplier<T> work) {
    try {
      return work.get();
    } catch (KafkaException e) {
      throw BrokerFailures.of(bootstrapServers, e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

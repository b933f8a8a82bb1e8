package dev.irqledger.wire.topic;

import dev.irqledger.wire.KeyRecords;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.Enrolments;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What {@code irq.keys} says. An event is judged by what was written up to {@link #LEAD} before its
 * log time, at the least: the topic is read to its end when it is first asked, and again when an
 * event comes that is later than the last reading by more than that. So whoever enrols keys that
 * count only after this time is heard by every reader before the first event that they matter for,
 * and all readers agree. No connection stays open in between. Safe for use by many threads.
 *
 * <p>A plain consumer, since a corrupt global table would be restored in a loop (KAFKA-21034).
 */
public final class TopicEnrolments implements Enrolments {
  /** How long before it counts something must be written to be heard by all. */
  public static final Duration LEAD = Duration.ofSeconds(30);

  /** Where a broker's clock is ahead of ours, not every event leads to a reading. */
  private static final long LEAST_BETWEEN_READINGS_MS = 1_000;

  private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
  private final SchemaCatalog schemas;
  private final Duration patience;
  private final InstantSource clock;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final SortedMap<String, byte[]> written = new TreeMap<>();
  private volatile @Nullable Known known;

  /** What was read, when. */
  private record Known(Map<String, Enrolment> byHost, long readAtMs) {
    boolean holdsFor(long logTimeMs) {
      return logTimeMs <= readAtMs + LEAD.toMillis();
    }
  }

  /**
   * @param consumers makes a consumer without a group; it is closed after each reading
   * @param schemas what records may be written with
   * @param patience how long one reading may take
   */
  TopicEnrolments(
      Supplier<? extends Consumer<byte[], byte[]>> consumers,
      SchemaCatalog schemas,
      Duration patience,
      InstantSource clock) {
    this.consumers = consumers;
    this.schemas = schemas;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Reads the topic of that cluster.
   *
   * @param more what the user adds to the consumer's settings
   */
  public static TopicEnrolments of(String bootstrap, ClientSettings more, SchemaCatalog schemas) {
    Map<String, Object> settings = ConsumerSettings.readCommitted(bootstrap, more);
    // Only what is there already is read: no broker need wait for more.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
    return new TopicEnrolments(
        () -> new KafkaConsumer<>(settings),
        schemas,
        Duration.ofSeconds(30),
        InstantSource.system());
  }

  @Override
  public Enrolment of(String host, long logTimeMs) {
    Known now = known;
    if (now == null || !now.holdsFor(logTimeMs)) {
      now = read(logTimeMs);
    }
    return now.byHost().getOrDefault(host, Enrolment.NONE);
  }

  @Override
  public synchronized SortedMap<String, byte[]> records() {
    refresh();
    return Collections.unmodifiableSortedMap(new TreeMap<>(written));
  }

  private synchronized Known read(long logTimeMs) {
    Known now = known;
    if (now == null) {
      return refresh();
    }
    boolean soon = clock.millis() - now.readAtMs() < LEAST_BETWEEN_READINGS_MS;
    return now.holdsFor(logTimeMs) || soon ? now : refresh();
  }

  private Known refresh() {
    long begunMs = clock.millis();
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      Map<TopicPartition, Long> from = new HashMap<>();
      consumer
          .partitionsFor(Topic.KEYS.topicName(), patience)
          .forEach(info -> {
            TopicPartition partition = new TopicPartition(info.topic(), info.partition());
            from.put(partition, positions.getOrDefault(partition, 0L));
          });
      positions.putAll(new ReadToEnd(consumer, patience).read(from, this::keep));
    } catch (KafkaException e) {
      throw new LookupUnavailable("cannot read " + Topic.KEYS.topicName() + " now", e);
    }
    Known read = new Known(KeyRecords.enrolments(written, schemas), begunMs);
    known = read;
    return read;
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    String host = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      written.remove(host);
    } else {
      written.put(host, record.value());
    }
  }
}

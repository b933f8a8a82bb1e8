package dev.irqledger.wire.topic;

import dev.irqledger.wire.KeyRecords;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.Enrolments;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code irq.keys} says. An event is judged by what was written up to {@link #LEAD} before its
 * log time, at the least: the topic is read to its end when it is first asked, and again when an
 * event comes that is later than the last reading by more than that. So whoever enrols keys that
 * count only after this time is heard by every reader before the first event that they matter for,
 * and all readers agree. No connection stays open in between. Safe for use by many threads.
 */
public final class TopicEnrolments implements Enrolments {
  /** How long before it counts something must be written to be heard by all. */
  public static final Duration LEAD = Duration.ofSeconds(30);

  /** Where a broker's clock is ahead of ours, not every event leads to a reading. */
  private static final long LEAST_BETWEEN_READINGS_MS = 1_000;

  private final TopicReading topic;
  private final SchemaCatalog schemas;
  private final InstantSource clock;
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
    this.topic = new TopicReading(Topic.KEYS, consumers, patience);
    this.schemas = schemas;
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
    topic.readOn(this::keep);
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

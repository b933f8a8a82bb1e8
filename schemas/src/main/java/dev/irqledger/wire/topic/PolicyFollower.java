package dev.irqledger.wire.topic;

import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.PolicyRecords;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the policies as {@code irq.policies} has them, a second behind at the most while a broker
 * answers; while none does, the last that were read go on to hold. Safe for use by many threads.
 *
 * <p>A plain consumer on a thread of its own, since a corrupt global table would be restored in a
 * loop (KAFKA-21034).
 */
public final class PolicyFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyFollower.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
  private final WireCodec<dev.irqledger.wire.avro.Policy> codec;
  private final Predicate<String> wanted;
  private final Sink sink;
  private final Duration interval;
  private final CountDownLatch read = new CountDownLatch(1);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Map<String, Written> written = new HashMap<>();
  private final Thread thread;
  private volatile Policies policies;
  private volatile @Nullable Consumer<byte[], byte[]> reading;
  private boolean away;

  /** Is told the policies as often as they are others, from the follower's own thread. */
  @FunctionalInterface
  public interface Sink {
    void changed(Map<String, Written> policies);
  }

  /**
   * A policy as it stands in the topic.
   *
   * @param base64 the record's value
   * @param revision its partition and offset
   */
  public record Written(String base64, String revision) {}

  /**
   * @param consumers makes a consumer without a group; closed by this
   * @param schemas what policies may be written with
   * @param wanted the keys of the policies to keep: hosts, and {@link Policies#EVERY_HOST}
   * @param known what holds until the topic was read for the first time
   * @param sink is told before anybody waits no longer for the first reading
   * @param interval how long to wait between two readings
   */
  public PolicyFollower(
      Supplier<? extends Consumer<byte[], byte[]>> consumers,
      SchemaCatalog schemas,
      Predicate<String> wanted,
      Policies known,
      Sink sink,
      Duration interval) {
    this.consumers = consumers;
    this.codec = new WireCodec<>(dev.irqledger.wire.avro.Policy.class, schemas);
    this.wanted = wanted;
    this.policies = known;
    this.sink = sink;
    this.interval = interval;
    this.thread = Thread.ofPlatform().daemon().name("policies").unstarted(this::follow);
  }

  /**
   * Follows the topic of that cluster; {@link #start} begins it.
   *
   * @param more what the user adds to the settings of Kafka's clients
   */
  public static PolicyFollower of(
      String bootstrap, ClientSettings more, Predicate<String> wanted, Policies known, Sink sink) {
    Map<String, Object> settings = ConsumerSettings.readCommitted(bootstrap, more);
    settings.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    return new PolicyFollower(
        () -> new KafkaConsumer<>(settings),
        new SchemaCatalog(TopicSchemaSource.of(bootstrap, more)),
        wanted,
        known,
        sink,
        INTERVAL);
  }

  /** Begins to read. To be called once. */
  public PolicyFollower start() {
    thread.start();
    return this;
  }

  /** The policies that were written so, as far as this program can read them. */
  public static Policies read(Map<String, Written> kept) {
    WireCodec<dev.irqledger.wire.avro.Policy> codec =
        new WireCodec<>(dev.irqledger.wire.avro.Policy.class, SchemaCatalog.releasedOnly());
    Policies policies = Policies.NONE;
    for (Map.Entry<String, Written> one : kept.entrySet()) {
      byte[] value = Base64.getDecoder().decode(one.getValue().base64());
      policies = policies.with(one.getKey(), read(codec, value, one.getValue().revision()));
    }
    return policies;
  }

  /** What holds now. */
  public Policies policies() {
    return policies;
  }

  /**
   * Waits until the topic was read to its end once.
   *
   * @return false where it was not in that time
   */
  public boolean awaitRead(Duration most) throws InterruptedException {
    return read.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    stop.countDown();
    Consumer<byte[], byte[]> now = reading;
    if (now != null) {
      now.wakeup();
    }
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try {
      while (!pausedUntilStop(Duration.ZERO)) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
          reading = consumer;
          do {
            readOn(consumer);
          } while (!pausedUntilStop(interval));
        } catch (WakeupException e) {
          LOG.debug("told to stop", e);
        } catch (KafkaException | LookupUnavailable e) {
          told(e);
          var _ = pausedUntilStop(interval);
        } finally {
          reading = null;
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("policies are followed no further", e);
    }
  }

  private void told(RuntimeException e) {
    if (!away) {
      LOG.warn("policies cannot be read now, the last known ones hold: {}", e.getMessage());
    }
    away = true;
  }

  private boolean pausedUntilStop(Duration pause) throws InterruptedException {
    return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Nothing is taken over before the end was reached: in between old policies stand alone. */
  private void readOn(Consumer<byte[], byte[]> consumer) {
    Map<TopicPartition, Long> from = new HashMap<>();
    consumer
        .partitionsFor(Topic.POLICIES.topicName(), PATIENCE)
        .forEach(info -> {
          TopicPartition partition = new TopicPartition(info.topic(), info.partition());
          from.put(partition, positions.getOrDefault(partition, 0L));
        });
    if (from.isEmpty()) {
      throw new KafkaException("there is no topic " + Topic.POLICIES.topicName());
    }
    boolean first = read.getCount() > 0;
    Map<String, Written> found = new HashMap<>(written);
    Policies[] next = {first ? Policies.NONE : policies};
    positions.putAll(
        new ReadToEnd(consumer, PATIENCE)
            .read(from, record -> next[0] = take(record, found, next[0])));
    away = false;
    boolean changed = first || !next[0].equals(policies);
    written.clear();
    written.putAll(found);
    policies = next[0];
    if (changed) {
      sink.changed(Map.copyOf(found));
    }
    read.countDown();
  }

  private Policies take(
      ConsumerRecord<byte[], byte[]> record, Map<String, Written> found, Policies before) {
    String host = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!wanted.test(host)) {
      return before;
    }
    if (record.value() == null) {
      found.remove(host);
      return before.with(host, null);
    }
    String revision = record.partition() + "@" + record.offset();
    Policy policy = read(codec, record.value(), revision);
    if (policy == null) {
      return before;
    }
    found.put(host, new Written(Base64.getEncoder().encodeToString(record.value()), revision));
    return before.with(host, policy);
  }

  /** Null, and a line in the log, where nobody can read it: the one before goes on to hold. */
  private static @Nullable Policy read(
      WireCodec<dev.irqledger.wire.avro.Policy> codec, byte[] value, String revision) {
    return switch (codec.decode(value)) {
      case Decoded.Value<dev.irqledger.wire.avro.Policy>(var read) ->
          PolicyRecords.policy(read, revision);
      case Decoded.Undecodable<dev.irqledger.wire.avro.Policy>(String reason) -> {
        LOG.warn("the policy at {} is passed over: {}", revision, reason);
        yield null;
      }
    };
  }
}

package dev.irqledger.agent.publish;

import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventIds;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.Quarantine;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.Quarantined;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, chains and publishes the events of one host, in the order in which they come. Safe for
 * use by many threads.
 *
 * <p>The first record that cannot be brought to the log ends it: everything asked of it afterwards
 * fails as well, since a later event must not overtake an earlier one.
 */
public final class EventPublisher implements AutoCloseable {
  private final Cluster cluster;
  private final Producer<String, byte[]> producer;
  private final Incarnation self;
  private final InstantSource clock;
  private final EventIds ids;
  private final EventSealer sealer;
  private final WireCodec<Quarantined> quarantined =
      new WireCodec<>(Quarantined.class, SchemaCatalog.releasedOnly());
  private final WireCodec<AgentStatus> statuses =
      new WireCodec<>(AgentStatus.class, SchemaCatalog.releasedOnly());
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param producer with the settings of the wire contract, the schemas published; closed with this
   * @param clock the host's clock
   * @param before what is known of the epochs before
   */
  public EventPublisher(
      Cluster cluster,
      Producer<String, byte[]> producer,
      Incarnation self,
      KnownHeads before,
      InstantSource clock) {
    this.cluster = cluster;
    this.producer = producer;
    this.self = self;
    this.clock = clock;
    this.ids = new EventIds(clock::millis, new SecureRandom()::nextLong);
    this.sealer = new EventSealer(EventCodec.releasedOnly(), self.epoch(), self.bootId(), before);
  }

  /**
   * Connects to a cluster whose topics are there. The schemas are published first. Without a
   * journal nothing is known of the epochs before, and the first event of each device says so.
   *
   * @throws PublishException if that fails
   */
  public static EventPublisher connect(Cluster cluster, Incarnation self, InstantSource clock) {
    KnownHeads unknown = new KnownHeads(Map.of(), true);
    return new EventPublisher(cluster, cluster.producer(), self, unknown, clock);
  }

  /**
   * Publishes what has just happened to a device. It returns before the broker has acknowledged it:
   * {@link #flush} waits for that.
   *
   * @return the event as it goes to the log
   * @throws PublishException if this or an earlier record cannot be brought to the log
   */
  public synchronized SealedEvent publish(Bdf device, Source source, Actor actor, EventBody body) {
    check();
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    SealedEvent sealed = sealer.seal(ids.next(), self.key(device), source, actor, now, body);
    send(new ProducerRecord<>(Topic.EVENTS.topicName(), sealed.key(), sealed.bytes()));
    return sealed;
  }

  /**
   * Publishes a sign of life and what the host has to give.
   *
   * @throws PublishException if this or an earlier record cannot be brought to Kafka
   */
  public synchronized void heartbeat(HostCapacity capacity) {
    check();
    AgentStatus status = SignOfLife.of(self, capacity, clock.instant());
    send(
        new ProducerRecord<>(Topic.AGENT_STATUS.topicName(), self.host(), statuses.encode(status)));
  }

  /**
   * Sets a record aside that nobody can make sense of.
   *
   * @throws PublishException if this or an earlier record cannot be brought to Kafka
   */
  public synchronized void quarantine(ConsumerRecord<byte[], byte[]> bad, String reason) {
    check();
    byte[] key = bad.key();
    Quarantined value =
        Quarantine.of(bad.topic(), bad.partition(), bad.offset(), reason, key, bad.value());
    String text = key == null ? null : new String(key, StandardCharsets.UTF_8);
    send(new ProducerRecord<>(Topic.QUARANTINE.topicName(), text, quarantined.encode(value)));
  }

  /**
   * Waits until everything published so far is acknowledged.
   *
   * @throws PublishException if something is not
   */
  public void flush() {
    try {
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    check();
  }

  /** Closes the producer, which first sends what it still has. */
  @Override
  public void close() {
    producer.close(cluster.patience());
  }

  private void send(ProducerRecord<String, byte[]> sent) {
    try {
      var _ =
          producer.send(
              sent,
              (_, e) -> {
                if (e != null) {
                  failure.compareAndSet(null, e);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      failure.compareAndSet(null, e);
    }
    check();
  }

  private void check() {
    Exception known = failure.get();
    if (known != null) {
      throw cluster.failure("publishing events", known);
    }
  }
}

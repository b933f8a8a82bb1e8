package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.standalone.BusyDevices;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.ProducerSettings;
import dev.irqledger.wire.topic.ReadToEnd;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.TopicSchemaSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** A steady load of events, the states that come of it, and the plain fold as their judge. */
final class ServiceLoad implements AutoCloseable {
  static final int HOSTS = 20;
  static final int DEVICES = 10;
  static final int PARTITIONS = 6;
  private static final int VECTORS = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** So many events, and then a pause. */
  private static final int BURST = 20;

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final String bootstrap;
  private final BusyDevices devices;
  private final Producer<String, byte[]> producer;
  private final PublishedStates states;

  /** Where the last event of each device is in its partition. */
  private final Map<DeviceKey, Long> appended = new ConcurrentHashMap<>();

  private final CountDownLatch enough = new CountDownLatch(1);
  private final Thread thread;

  /** Begins it; the topics must be there. */
  ServiceLoad(String bootstrap, long seed) {
    this.bootstrap = bootstrap;
    this.devices = new BusyDevices(HOSTS, DEVICES, VECTORS, seed);
    this.producer = new KafkaProducer<>(ProducerSettings.idempotent(bootstrap));
    this.states = new PublishedStates(bootstrap, PARTITIONS);
    devices.begin(this::send);
    this.thread = Thread.ofPlatform().name("load").start(this::load);
  }

  /** The hosts' clocks jump by that much. */
  synchronized void turnClocks(Duration by) {
    devices.turnClocks(by);
  }

  /** Appends an event of a device that the load has not. */
  void append(DeviceKey device, byte[] value) throws Exception {
    appended.put(device, append(Topic.EVENTS, device.toString(), value));
  }

  /**
   * Appends a record beside the load.
   *
   * @return its offset
   */
  long append(Topic topic, String key, byte[] value) throws Exception {
    return producer.send(new ProducerRecord<>(topic.topicName(), key, value)).get().offset();
  }

  private void send(SealedEvent event) {
    var _ =
        producer.send(
            new ProducerRecord<>(Topic.EVENTS.topicName(), event.key(), event.bytes()),
            (at, failure) -> {
              if (failure == null) {
                appended.merge(event.event().device(), at.offset(), Math::max);
              }
            });
  }

  private void load() {
    try {
      do {
        burst();
        producer.flush();
      } while (!enough.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void burst() {
    for (int i = 0; i < BURST / 2; i++) {
      devices.move(this::send);
    }
  }

  /** All devices of which an event was appended. */
  Set<DeviceKey> devices() {
    return appended.keySet();
  }

  /** Waits until every device has what was appended when this was called. */
  void awaitFolded(BooleanSupplier sound) {
    Map<DeviceKey, Long> goal = new HashMap<>(appended);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (goal.size() < HOSTS * DEVICES || !states.have(goal)) {
      assertTrue(sound.getAsBoolean(), "the service has ended");
      assertTrue(System.nanoTime() < end, "not within " + PATIENCE);
      states.poll();
      goal = goal.size() < HOSTS * DEVICES ? new HashMap<>(appended) : goal;
    }
  }

  /** Lets it go on for so long. */
  void goOn(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      states.poll();
    }
  }

  /**
   * Ends it, and holds every state that was published against the plain fold of the log at the same
   * position, byte for byte.
   *
   * @return how many records of the log are no events
   */
  int endAndJudge(BooleanSupplier sound) throws InterruptedException {
    enough.countDown();
    thread.join();
    awaitFolded(sound);
    states.poll();
    assertEquals(List.of(), states.backwards());
    return new PlainFold().judge();
  }

  /** The log's fold by the core alone. */
  private final class PlainFold {
    private final EventCodec events =
        new EventCodec(new SchemaCatalog(TopicSchemaSource.of(bootstrap)));
    private final Map<DeviceKey, FoldedState> plain = new TreeMap<>();
    private final DeviceStateCodec codec = new DeviceStateCodec(SchemaCatalog.releasedOnly());
    private int compared;
    private int records;
    private int violations;
    private int unusable;

    int judge() {
      Map<TopicPartition, Long> whole = new HashMap<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        whole.put(new TopicPartition(Topic.EVENTS.topicName(), partition), 0L);
      }
      try (var consumer =
          new KafkaConsumer<byte[], byte[]>(ConsumerSettings.readCommitted(bootstrap))) {
        var _ = new ReadToEnd(consumer, PATIENCE).read(whole, this::fold);
      }
      System.out.printf(
          "%d events of %d devices; %d published states are those of the plain fold%n",
          records, plain.size(), compared);
      assertEquals(0, violations);
      assertEquals(plain, states.latest());
      assertTrue(compared >= plain.size());
      return unusable;
    }

    private void fold(ConsumerRecord<byte[], byte[]> each) {
      if (!(events.decode(each.value())
          instanceof Decoded.Value<InterruptEvent>(InterruptEvent event))) {
        unusable++;
        return;
      }
      FoldedState before = plain.get(event.device());
      Folded folded =
          Ledger.fold(before == null ? DeviceState.unseen(event.device()) : before.state(), event);
      LogPosition position = new LogPosition(each.partition(), each.offset(), each.timestamp());
      FoldedState after = new FoldedState(folded.state(), position);
      plain.put(event.device(), after);
      byte[] published = states.value(event.device(), each.offset());
      if (published != null) {
        assertArrayEquals(codec.encode(after), published);
        compared++;
      }
      violations += folded.violations().size();
      records++;
    }
  }

  @Override
  public void close() {
    enough.countDown();
    producer.close(Duration.ZERO);
    states.close();
  }
}

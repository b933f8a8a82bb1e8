package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.standalone.BusyDevices;
import dev.irqledger.standalone.EmbeddedCluster;
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
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on three brokers, under load, of which one is killed again and again. */
@Timeout(900)
class ServiceCrashTest {
  private static final int HOSTS = 20;
  private static final int DEVICES = 10;
  private static final int VECTORS = 16;
  private static final int PARTITIONS = 6;
  private static final int KILLS = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Of the load: so many events, and then as long a pause. */
  private static final int BURST = 50;

  private static final Duration PAUSE = Duration.ofMillis(100);

  @TempDir private Path folder;

  /** Where the last event of each device is in its partition. */
  private final Map<DeviceKey, Long> appended = new ConcurrentHashMap<>();

  private final CountDownLatch enough = new CountDownLatch(1);

  @Test
  void every_event_is_folded_once_and_no_state_goes_back() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (EmbeddedCluster cluster = EmbeddedCluster.start(folder.resolve("brokers"), 3)) {
      ServiceProcess[] instances = {start(cluster, 0), start(cluster, 1)};
      try (Producer<String, byte[]> producer =
          new KafkaProducer<>(ProducerSettings.idempotent(cluster.bootstrapServers()))) {
        BusyDevices devices = new BusyDevices(HOSTS, DEVICES, VECTORS, seed);
        awaitTopics(cluster, instances);
        devices.begin(event -> send(producer, event));
        Thread load = Thread.ofPlatform().start(() -> load(devices, producer));
        try (PublishedStates states = new PublishedStates(cluster.bootstrapServers(), PARTITIONS)) {
          awaitCaughtUp(states, instances);
          for (int kill = 1; kill <= KILLS; kill++) {
            int which = random.nextInt(2);
            awaitNanos(states, random.nextLong(Duration.ofSeconds(2).toNanos()));
            instances[which].kill();
            long since = System.nanoTime();
            instances[which] = start(cluster, which);
            awaitCaughtUp(states, instances);
            System.out.printf(
                "kill %d of instance %d: every device is folded on after %.1f s%n",
                kill, which, (System.nanoTime() - since) / 1e9);
          }
          enough.countDown();
          load.join();
          awaitCaughtUp(states, instances);
          assertEquals(List.of(), states.backwards());
          assertAsFolded(cluster, states);
        }
      } finally {
        enough.countDown();
        for (ServiceProcess instance : instances) {
          instance.kill();
        }
      }
    }
  }

  private ServiceProcess start(EmbeddedCluster cluster, int which) throws Exception {
    return ServiceProcess.run(
        messages(which),
        Files.createDirectories(folder.resolve("state-" + which)),
        "--bootstrap-server",
        cluster.bootstrapServers(),
        "--partitions",
        Integer.toString(PARTITIONS),
        "--standby-replicas",
        "1",
        "--timeout",
        "60");
  }

  private File messages(int which) {
    return folder.resolve("service-" + which + ".log").toFile();
  }

  private void awaitTopics(EmbeddedCluster cluster, ServiceProcess[] instances) throws Exception {
    try (var admin =
        org.apache.kafka.clients.admin.Admin.create(
            Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!admin.listTopics().names().get().contains(Topic.DEVICE_STATE.topicName())) {
        assertAlive(instances, end);
        Thread.onSpinWait();
      }
    }
  }

  private void send(Producer<String, byte[]> producer, SealedEvent event) {
    var _ =
        producer.send(
            new ProducerRecord<>(Topic.EVENTS.topicName(), event.key(), event.bytes()),
            (at, failure) -> {
              if (failure == null) {
                appended.merge(event.event().device(), at.offset(), Math::max);
              }
            });
  }

  private void load(BusyDevices devices, Producer<String, byte[]> producer) {
    try {
      do {
        for (int i = 0; i < BURST / 2; i++) {
          devices.move(event -> send(producer, event));
        }
        producer.flush();
      } while (!enough.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Every device has what was appended when this was called. */
  private void awaitCaughtUp(PublishedStates states, ServiceProcess[] instances) throws Exception {
    Map<DeviceKey, Long> goal = new HashMap<>(appended);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (goal.size() < HOSTS * DEVICES || !states.have(goal)) {
      assertAlive(instances, end);
      states.poll();
      goal = goal.size() < HOSTS * DEVICES ? new HashMap<>(appended) : goal;
    }
  }

  private void awaitNanos(PublishedStates states, long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      states.poll();
    }
  }

  private void assertAlive(ServiceProcess[] instances, long end) throws Exception {
    for (int i = 0; i < instances.length; i++) {
      assertTrue(instances[i].runs(), Files.readString(messages(i).toPath()));
    }
    assertTrue(System.nanoTime() < end, "not within " + PATIENCE);
  }

  /** Byte for byte what the plain fold of the whole log gives. */
  private static void assertAsFolded(EmbeddedCluster cluster, PublishedStates states) {
    Map<DeviceKey, FoldedState> plain = new TreeMap<>();
    EventCodec events = EventCodec.releasedOnly();
    Map<TopicPartition, Long> whole = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      whole.put(new TopicPartition(Topic.EVENTS.topicName(), partition), 0L);
    }
    long[] records = new long[1];
    try (var consumer =
        new KafkaConsumer<byte[], byte[]>(
            ConsumerSettings.readCommitted(cluster.bootstrapServers()))) {
      var _ =
          new ReadToEnd(consumer, PATIENCE)
              .read(
                  whole,
                  each -> {
                    if (!(events.decode(each.value())
                        instanceof Decoded.Value<InterruptEvent>(InterruptEvent event))) {
                      throw new AssertionError("undecodable");
                    }
                    FoldedState before = plain.get(event.device());
                    DeviceState state =
                        before == null ? DeviceState.unseen(event.device()) : before.state();
                    plain.put(
                        event.device(),
                        new FoldedState(
                            Ledger.fold(state, event).state(),
                            new LogPosition(each.partition(), each.offset(), each.timestamp())));
                    records[0]++;
                  });
    }
    System.out.println(records[0] + " events of " + plain.size() + " devices");
    assertEquals(plain, states.latest());
    DeviceStateCodec codec = new DeviceStateCodec(SchemaCatalog.releasedOnly());
    plain.forEach(
        (device, folded) -> assertArrayEquals(codec.encode(folded), states.bytes(device)));
  }
}

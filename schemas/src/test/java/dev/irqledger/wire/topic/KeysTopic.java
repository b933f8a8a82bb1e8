package dev.irqledger.wire.topic;

import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.HostKey;
import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.avro.SigningPeriod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The topic {@code irq.keys} of the tests, in memory. */
final class KeysTopic {
  private static final String NAME = Topic.KEYS.topicName();
  private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);

  private final WireCodec<HostKeys> codec =
      new WireCodec<>(HostKeys.class, SchemaCatalog.releasedOnly());
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();
  private boolean away;

  /** Writes what is enrolled for a host from now on. */
  void write(String host, List<HostKey> keys, List<SigningPeriod> required) {
    write(
        host,
        codec.encode(
            HostKeys.newBuilder().setHost(host).setKeys(keys).setRequired(required).build()));
  }

  void write(String host, byte @Nullable [] value) {
    byte[] key = host.getBytes(StandardCharsets.UTF_8);
    records.add(new ConsumerRecord<>(NAME, 0, records.size(), key, value));
  }

  /** Its broker answers no more. */
  void goAway() {
    away = true;
  }

  /** How often it was read. */
  int readings() {
    return consumers.size();
  }

  boolean allClosed() {
    return consumers.stream().allMatch(MockConsumer::closed);
  }

  /** Somebody who reads it, by that clock. */
  TopicEnrolments reader(InstantSource clock) {
    return new TopicEnrolments(
        this::consumer, SchemaCatalog.releasedOnly(), Duration.ofMillis(500), clock);
  }

  private MockConsumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    consumer.updatePartitions(NAME, List.of(new PartitionInfo(NAME, 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, (long) records.size()));
    if (away) {
      consumer.setOffsetsException(new KafkaException("no broker"));
    }
    List<ConsumerRecord<byte[], byte[]>> now = List.copyOf(records);
    consumer.schedulePollTask(() -> {
      long from = consumer.position(PARTITION);
      now.stream().filter(record -> record.offset() >= from).forEach(consumer::addRecord);
    });
    consumers.add(consumer);
    return consumer;
  }
}

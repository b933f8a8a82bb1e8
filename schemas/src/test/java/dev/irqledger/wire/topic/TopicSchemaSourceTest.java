package dev.irqledger.wire.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.wire.Fingerprint;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.WireSchema;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class TopicSchemaSourceTest {
  private static final String NAME = Topic.SCHEMAS.topicName();
  private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);

  private final List<ConsumerRecord<byte[], byte[]>> topic = new ArrayList<>();
  private final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();
  private final TopicSchemaSource source =
      new TopicSchemaSource(this::consumer, Duration.ofMillis(500));

  @Test
  void a_published_schema_is_found_and_the_consumer_closed() {
    add(7, "seven");
    add(8, "eight");
    assertEquals("eight", source.schema(8));
    assertTrue(consumers.getFirst().closed());
  }

  @Test
  void what_was_read_is_not_read_again() {
    add(7, "seven");
    add(8, "eight");
    source.schema(7);
    assertEquals("eight", source.schema(8));
    assertEquals(1, consumers.size());
  }

  @Test
  void what_is_published_later_is_found_when_it_is_asked_for() {
    add(7, "seven");
    assertNull(source.schema(8));
    add(8, "eight");
    assertEquals("eight", source.schema(8));
    assertEquals(2, consumers.size());
  }

  @Test
  void a_cluster_without_the_topic_has_no_schema() {
    TopicSchemaSource none =
        new TopicSchemaSource(() -> new MockConsumer<>("none"), Duration.ofMillis(500));
    assertNull(none.schema(7));
  }

  @Test
  void a_cluster_that_does_not_answer_is_no_answer() {
    TopicSchemaSource broken =
        new TopicSchemaSource(
            () -> {
              MockConsumer<byte[], byte[]> consumer = consumer();
              consumer.setOffsetsException(new KafkaException("no broker"));
              return consumer;
            },
            Duration.ofMillis(500));
    assertThrows(LookupUnavailable.class, () -> broken.schema(7));
  }

  @Test
  void a_topic_that_is_not_read_to_its_end_in_time_is_no_answer() {
    TopicSchemaSource slow =
        new TopicSchemaSource(
            () -> {
              MockConsumer<byte[], byte[]> consumer = consumer();
              consumer.updateEndOffsets(Map.of(PARTITION, 10L));
              return consumer;
            },
            Duration.ofMillis(50));
    assertThrows(LookupUnavailable.class, () -> slow.schema(7));
  }

  @Test
  void only_schemas_that_are_missing_are_published() {
    add(WireSchema.COMMAND.fingerprint(), WireSchema.COMMAND.json());
    try (MockProducer<String, byte[]> producer =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer())) {
      List<WireSchema> missing = SchemaPublisher.publishMissing(source, producer);
      assertEquals(WireSchema.values().length - 1, missing.size());
      assertEquals(missing.size(), producer.history().size());
      ProducerRecord<String, byte[]> first = producer.history().getFirst();
      assertEquals(NAME, first.topic());
      assertEquals(Fingerprint.hex(WireSchema.INTERRUPT_EVENT.fingerprint()), first.key());
      assertEquals(
          WireSchema.INTERRUPT_EVENT.json(), new String(first.value(), StandardCharsets.UTF_8));
    }
  }

  private void add(long fingerprint, String json) {
    byte[] key = Fingerprint.hex(fingerprint).getBytes(StandardCharsets.UTF_8);
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    topic.add(new ConsumerRecord<>(NAME, 0, topic.size(), key, value));
  }

  private MockConsumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    consumer.updatePartitions(NAME, List.of(new PartitionInfo(NAME, 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, (long) topic.size()));
    consumer.schedulePollTask(() ->
        topic.forEach(schema -> {
          if (schema.offset() >= consumer.position(PARTITION)) {
            consumer.addRecord(schema);
          }
        }));
    consumers.add(consumer);
    return consumer;
  }

  @Test
  void the_fingerprints_of_what_is_published_are_told() {
    add(7, "seven");
    assertEquals(Set.of("0000000000000007"), source.published());
  }
}

package dev.irqledger.system;

import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.ProducerSettings;
import dev.irqledger.wire.topic.ReadToEnd;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker of a test's own, with the topics of the system on it. */
final class TestBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final BrokerHome home;

  private TestBroker(BrokerHome home) {
    this.home = home;
  }

  /** A broker without any topic. */
  static TestBroker empty() throws IOException {
    return new TestBroker(BrokerHome.start());
  }

  /** A broker whose topics have that many partitions. */
  static TestBroker withTopics(int partitions) throws IOException {
    TestBroker broker = empty();
    try (Admin admin = broker.admin()) {
      Topics.ensure(admin, partitions, 1);
    }
    return broker;
  }

  /** A broker with an empty log of one partition, and nothing else. */
  static TestBroker withEventsOnly() throws Exception {
    TestBroker broker = empty();
    try (Admin admin = broker.admin()) {
      admin.createTopics(List.of(new NewTopic("irq.events", 1, (short) 1))).all().get();
    }
    return broker;
  }

  private Admin admin() {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
  }

  String bootstrapServers() {
    return home.bootstrapServers();
  }

  /** Where it lives. */
  BrokerHome home() {
    return home;
  }

  /** Appends a record as it stands. */
  void append(String topic, byte[] value) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
    }
  }

  /** Appends a record with that key, where a host's records go. */
  void append(String topic, String key, byte[] value) throws Exception {
    try (var producer =
        new KafkaProducer<String, byte[]>(ProducerSettings.idempotent(bootstrapServers()))) {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }

  /** All records of a topic that has one partition. */
  List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<byte[], byte[]>(ConsumerSettings.readCommitted(bootstrapServers()))) {
      var _ =
          new ReadToEnd(consumer, PATIENCE)
              .read(Map.of(new TopicPartition(topic.topicName(), 0), 0L), records::add);
    }
    return records;
  }

  @Override
  public void close() throws IOException {
    home.close();
  }
}

package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.system.KeptTopics.Kept;
import dev.irqledger.system.KeptTopics.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the topics of one cluster in another, with each record at the offset and time that it had.
 *
 * <p>The end of a transaction takes an offset of its own, at which no reader sees a record. So what
 * stands between two such offsets is written in one transaction, whose end then takes the second.
 */
final class TopicsRestore implements AutoCloseable {
  private final KeptTopics kept;
  private final Admin admin;
  private final Producer<byte[], byte[]> plain;
  private final Producer<byte[], byte[]> transactional;

  TopicsRestore(KeptTopics kept, String bootstrap) {
    this.kept = kept;
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    this.plain = producer(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    this.transactional =
        producer(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "restore-" + UUID.randomUUID()));
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Does it, in a cluster that has none of these topics. */
  void run() throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    kept.topics()
        .forEach((name, settings) ->
            topics.add(
                new NewTopic(name, settings.ends().size(), (short) 1)
                    .configs(withProducersTimes(settings))));
    admin.createTopics(topics).all().get();
    transactional.initTransactions();
    for (var partition : kept.byPartition().entrySet()) {
      write(partition.getKey(), partition.getValue());
    }
    admin.incrementalAlterConfigs(timesAsTheyWere()).all().get();
  }

  private static Map<String, String> withProducersTimes(Settings settings) {
    Map<String, String> config = new HashMap<>(settings.config());
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
    return config;
  }

  private Map<ConfigResource, Collection<AlterConfigOp>> timesAsTheyWere() {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    kept.topics()
        .forEach((name, settings) -> {
          String was = settings.config().get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
          ConfigEntry entry = new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, was);
          changes.put(
              new ConfigResource(ConfigResource.Type.TOPIC, name),
              List.of(new AlterConfigOp(entry, was == null ? OpType.DELETE : OpType.SET)));
        });
    return changes;
  }

  private void write(TopicPartition partition, List<Kept> records) throws Exception {
    long next = 0;
    List<Kept> together = new ArrayList<>();
    for (Kept record : records) {
      if (record.offset() != next) {
        commit(together, record.offset() - next);
        together.clear();
      }
      together.add(record);
      next = record.offset() + 1;
    }
    long left = kept.end(partition) - next;
    if (left == 0) {
      send(plain, together);
    } else {
      commit(together, left);
    }
  }

  private void commit(List<Kept> together, long missing) throws Exception {
    assertTrue(
        missing == 1 && !together.isEmpty(),
        () -> missing + " offsets without a record, which no one transaction leaves: " + together);
    transactional.beginTransaction();
    send(transactional, together);
    transactional.commitTransaction();
  }

  private static void send(Producer<byte[], byte[]> producer, List<Kept> records) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Kept each : records) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  each.at().topic(),
                  each.at().partition(),
                  each.time(),
                  each.key(),
                  each.value(),
                  each.headers())));
    }
    producer.flush();
    for (int i = 0; i < sent.size(); i++) {
      RecordMetadata written = sent.get(i).get();
      assertEquals(records.get(i).offset(), written.offset(), () -> written.toString());
      assertEquals(records.get(i).time(), written.timestamp(), () -> written.toString());
    }
  }

  @Override
  public void close() {
    transactional.close();
    plain.close();
    admin.close();
  }
}

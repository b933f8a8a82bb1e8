package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.ReadToEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * All topics of a cluster as they are at one moment.
 *
 * @param topics what each is like, by its name
 * @param records in the order of topics, partitions and offsets
 */
record KeptTopics(SortedMap<String, Settings> topics, List<Kept> records) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /**
   * What a topic is like.
   *
   * @param ends one past the last offset of each partition
   * @param config what is set for the topic itself
   */
  record Settings(List<Long> ends, SortedMap<String, String> config) {}

  /** A record as the broker has it; its bytes are not changed. */
  @SuppressWarnings("ArrayRecordComponent")
  record Kept(
      TopicPartition at,
      long offset,
      long time,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers) {
    Kept withValue(byte[] changed) {
      return new Kept(at, offset, time, key, changed, headers);
    }
  }

  /** These, with each record as the change makes it. */
  KeptTopics with(UnaryOperator<Kept> change) {
    return new KeptTopics(topics, records.stream().map(change).toList());
  }

  /** The records of each partition, in their order. */
  Map<TopicPartition, List<Kept>> byPartition() {
    return records.stream().collect(Collectors.groupingBy(Kept::at));
  }

  long end(TopicPartition partition) {
    Settings topic = topics.get(partition.topic());
    assertTrue(topic != null, () -> "no topic " + partition.topic());
    return topic.ends().get(partition.partition());
  }

  /** All topics of a cluster but Kafka's own. Nobody may write there meanwhile. */
  static KeptTopics of(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        var consumer =
            new KafkaConsumer<byte[], byte[]>(ConsumerSettings.readCommitted(bootstrap))) {
      SortedMap<String, Settings> topics = new TreeMap<>();
      List<Kept> records = new ArrayList<>();
      for (var topic : configs(admin, admin.listTopics().names().get()).entrySet()) {
        List<TopicPartition> partitions = partitions(consumer, topic.getKey());
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        topics.put(
            topic.getKey(),
            new Settings(partitions.stream().map(ends::get).toList(), topic.getValue()));
        for (TopicPartition partition : partitions) {
          var _ =
              new ReadToEnd(consumer, PATIENCE)
                  .read(Map.of(partition, 0L), record -> records.add(kept(record)));
        }
      }
      return new KeptTopics(topics, List.copyOf(records));
    }
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  private static SortedMap<String, SortedMap<String, String>> configs(
      Admin admin, Set<String> names) throws Exception {
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    SortedMap<String, SortedMap<String, String>> configs = new TreeMap<>();
    admin
        .describeConfigs(resources)
        .all()
        .get()
        .forEach((resource, config) -> configs.put(resource.name(), own(config)));
    return configs;
  }

  private static SortedMap<String, String> own(Config config) {
    SortedMap<String, String> own = new TreeMap<>();
    config.entries().stream()
        .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .forEach(entry -> own.put(entry.name(), entry.value()));
    return own;
  }

  private static Kept kept(ConsumerRecord<byte[], byte[]> record) {
    return new Kept(
        new TopicPartition(record.topic(), record.partition()),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        List.of(record.headers().toArray()));
  }
}

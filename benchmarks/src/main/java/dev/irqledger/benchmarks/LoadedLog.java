package dev.irqledger.benchmarks;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.replay.KafkaLogSource;
import dev.irqledger.replay.LogSource;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.standalone.EmbeddedBroker;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.ProducerSettings;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker of its own with a log, and how far a service has come with it. */
final class LoadedLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final TemporaryFolder temporary;
  private final Path folder;
  private final int partitions;
  private final EmbeddedBroker broker;
  private final Admin admin;

  /**
   * @param partitions how many the topics have
   */
  LoadedLog(int partitions) throws IOException {
    this.partitions = partitions;
    this.temporary = TemporaryFolder.create("irq-ledger-benchmark");
    this.folder = temporary.path();
    this.broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")));
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    var _ = Topics.ensure(admin, partitions, 1);
  }

  /** Appends whatever the writer hands over. */
  void append(java.util.function.Consumer<java.util.function.Consumer<SealedEvent>> writer) {
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(ProducerSettings.idempotent(broker.bootstrapServers()))) {
      writer.accept(event -> {
        var _ =
            producer.send(
                new ProducerRecord<>(Topic.EVENTS.topicName(), event.key(), event.bytes()));
      });
    }
  }

  /** Appends all records of another log, with their partitions, keys and times. */
  void copy(LogSource from) {
    SortedMap<Integer, Long> last = new TreeMap<>();
    from.ranges().forEach((partition, range) -> last.put(partition, range.end() - 1));
    Map<String, Object> settings = ProducerSettings.idempotent(broker.bootstrapServers());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      from.read(
          last,
          record -> {
            var _ =
                producer.send(
                    new ProducerRecord<>(
                        Topic.EVENTS.topicName(),
                        record.partition(),
                        record.logTimeMillis(),
                        record.key(),
                        record.value()));
            return true;
          });
    }
  }

  /** Reads so many events with a consumer of Kafka's own defaults, and gives their number. */
  long consume(long end) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(eventPartitions());
      consumer.seekToBeginning(consumer.assignment());
      long read = 0;
      while (read < end) {
        read += consumer.poll(Duration.ofSeconds(1)).count();
      }
      return read;
    }
  }

  /** The log as the commands of {@code replay} read it. */
  LogSource source() {
    return KafkaLogSource.open(
        ConsumerSettings.readCommitted(broker.bootstrapServers()), Topic.EVENTS.topicName());
  }

  ServiceSettings settings() {
    return ServiceSettings.of(broker.bootstrapServers(), folder.resolve("state"))
        .withStandbyReplicas(0);
  }

  Path stateDir() {
    return folder.resolve("state");
  }

  private List<TopicPartition> eventPartitions() {
    return IntStream.range(0, partitions)
        .mapToObj(partition -> new TopicPartition(Topic.EVENTS.topicName(), partition))
        .toList();
  }

  /** How many records the log has. */
  long records() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    eventPartitions().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    return admin.listOffsets(asked).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }

  /** Waits until so many records of the log are folded and committed. */
  void awaitFolded(LedgerService service, long records)
      throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (folded() < records) {
      if (service.stopped() || System.nanoTime() > end) {
        throw new IllegalStateException("the service has folded no more than " + folded());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private long folded() throws ExecutionException, InterruptedException {
    String group = ServiceSettings.DEFAULT_APPLICATION_ID;
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group).get();
    return committed.entrySet().stream()
        .filter(each -> each.getKey().topic().equals(Topic.EVENTS.topicName()))
        .mapToLong(each -> each.getValue() == null ? 0 : each.getValue().offset())
        .sum();
  }

  /** The bytes of all files below a folder. */
  static long bytes(Path folder) throws IOException {
    return bytes(folder, "");
  }

  /** As {@link #bytes(Path)}, of those whose names end like that. */
  static long bytes(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(suffix))
          .mapToLong(LoadedLog::size)
          .sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes on disk of the topics whose names end like that. */
  long bytesOfTopics(String end) throws IOException {
    try (Stream<Path> folders = Files.list(folder.resolve("broker"))) {
      List<Path> topics =
          folders
              .filter(each -> each.getFileName().toString().replaceAll("-\\d+$", "").endsWith(end))
              .toList();
      long sum = 0;
      for (Path topic : topics) {
        sum += bytes(topic, ".log"); // indexes are reserved in full, and mostly holes
      }
      return sum;
    }
  }

  @Override
  public void close() throws IOException {
    admin.close();
    broker.close();
    temporary.close();
  }
}

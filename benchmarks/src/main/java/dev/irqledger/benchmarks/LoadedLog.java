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
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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
public final class LoadedLog implements AutoCloseable {
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
  public LoadedLog(int partitions) throws IOException {
    this.partitions = partitions;
    this.temporary = TemporaryFolder.create("irq-ledger-benchmark");
    this.folder = temporary.path();
    this.broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")));
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    var _ = Topics.ensure(admin, partitions, 1);
  }

  /** Where clients find the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  int partitions() {
    return partitions;
  }

  /** Makes another topic, with as many partitions. */
  void create(String topic) throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
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
  public void copy(LogSource from) {
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
  public long consume(long end) {
    return consume(end, 0, _ -> {});
  }

  /**
   * As {@link #consume(long)}.
   *
   * @param from how many records are read before {@code reached} is told
   * @param reached is told how many were read by then
   */
  long consume(long end, long from, LongConsumer reached) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(eventPartitions());
      consumer.seekToBeginning(consumer.assignment());
      long read = 0;
      boolean told = false;
      while (read < end) {
        read += consumer.poll(Duration.ofSeconds(1)).count();
        if (!told && read >= from) {
          reached.accept(read);
          told = true;
        }
      }
      return read;
    }
  }

  /** The log as the commands of {@code replay} read it. */
  public LogSource source() {
    return KafkaLogSource.open(
        ConsumerSettings.readCommitted(broker.bootstrapServers()), Topic.EVENTS.topicName());
  }

  ServiceSettings settings() {
    return ServiceSettings.of(broker.bootstrapServers(), folder.resolve("state"))
        .withStandbyReplicas(0);
  }

  public Path stateDir() {
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
    var _ = awaitCommitted(ServiceSettings.DEFAULT_APPLICATION_ID, records, service::stopped);
  }

  /**
   * Waits until a group has committed so many records of the log.
   *
   * @param ended whether whoever should do it has ended
   * @return how many it has committed by then
   */
  long awaitCommitted(String group, long records, BooleanSupplier ended)
      throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long committed = committed(group);
    while (committed < records) {
      if (ended.getAsBoolean() || System.nanoTime() > end) {
        throw new IllegalStateException(group + " has committed no more than " + committed);
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      committed = committed(group);
    }
    return committed;
  }

  /** How many records of the log a group has committed. */
  long committed(String group) throws ExecutionException, InterruptedException {
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

package dev.irqledger.benchmarks;

import dev.irqledger.service.ServiceSettings;
import dev.irqledger.service.StreamsSettings;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * What Kafka Streams costs by itself: copies the log's records to another topic, with the service's
 * own settings.
 */
final class CopyingTopology implements AutoCloseable {
  private final KafkaStreams streams;

  private CopyingTopology(KafkaStreams streams) {
    this.streams = streams;
  }

  /**
   * Starts one.
   *
   * @param to the topic that gets the copies, which is made
   */
  static CopyingTopology start(LoadedLog log, ServiceSettings settings, String to)
      throws IOException, ExecutionException, InterruptedException {
    log.create(to);
    Files.createDirectories(settings.stateDir());
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "from",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        Topic.EVENTS.topicName());
    topology.addSink(
        "to",
        to,
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        CopyingTopology::samePartition,
        "from");
    KafkaStreams streams =
        new KafkaStreams(topology, new StreamsConfig(StreamsSettings.of(settings, 1)));
    streams.start();
    return new CopyingTopology(streams);
  }

  /** Of the copy as of the event: both go by the host. */
  private static Optional<Set<Integer>> samePartition(
      String topic, byte[] key, byte[] value, int partitions) {
    return Optional.of(Set.of(HostPartitioner.partition(key, partitions)));
  }

  boolean stopped() {
    return streams.state().hasCompletedShutdown() || streams.state() == KafkaStreams.State.ERROR;
  }

  @Override
  public void close() {
    streams.close();
  }
}

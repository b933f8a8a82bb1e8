package dev.irqledger.cli.write;

import dev.irqledger.cli.Cluster;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a host's agent told of itself and the host, the latest time that it did. */
public final class LastStatus {
  /** Between two compactions the topic holds every heartbeat: the latest are looked at first. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  private LastStatus() {}

  /**
   * Reads it; null where none was ever given.
   *
   * @throws dev.irqledger.replay.ReplayException if the topic cannot be read
   */
  public static @Nullable AgentStatus read(Cluster cluster, String host, Instant now) {
    try (TopicReader reader = new TopicReader(cluster)) {
      int partitions = reader.partitions(Topic.AGENT_STATUS).size();
      List<TopicPartition> own =
          List.of(
              new TopicPartition(
                  Topic.AGENT_STATUS.topicName(), HostPartitioner.partition(host, partitions)));
      AgentStatus late = last(reader, reader.since(own, now.minus(LATELY)), own, cluster, host);
      return late != null ? late : last(reader, reader.beginnings(own), own, cluster, host);
    }
  }

  private static @Nullable AgentStatus last(
      TopicReader reader,
      Map<TopicPartition, Long> from,
      List<TopicPartition> own,
      Cluster cluster,
      String host) {
    WireCodec<AgentStatus> codec = new WireCodec<>(AgentStatus.class, cluster.schemas());
    byte[] key = host.getBytes(StandardCharsets.UTF_8);
    @Nullable AgentStatus[] last = {null};
    reader.read(
        from,
        reader.ends(own),
        record -> {
          if (Arrays.equals(key, record.key())
              && codec.decode(record.value())
                  instanceof Decoded.Value<AgentStatus>(AgentStatus status)) {
            last[0] = status;
          }
          return true;
        });
    return last[0];
  }
}

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

/**
 * The last sign of life of a host's agent.
 *
 * @param epoch the agent's incarnation
 * @param heartbeatAt by the host's clock
 */
record AgentSign(long epoch, Instant heartbeatAt) {
  /** Agents give a sign every ten seconds; who missed three is not taken for alive. */
  private static final Duration ALIVE = Duration.ofSeconds(35);

  /** Between two compactions the topic holds every heartbeat: the latest are looked at first. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  /** Reads it; null where none was ever given. */
  static @Nullable AgentSign read(Cluster cluster, String host, Instant now) {
    try (TopicReader reader = new TopicReader(cluster)) {
      int partitions = reader.partitions(Topic.AGENT_STATUS).size();
      List<TopicPartition> own =
          List.of(
              new TopicPartition(
                  Topic.AGENT_STATUS.topicName(), HostPartitioner.partition(host, partitions)));
      AgentSign late = last(reader, reader.since(own, now.minus(LATELY)), own, cluster, host);
      return late != null ? late : last(reader, reader.beginnings(own), own, cluster, host);
    }
  }

  private static @Nullable AgentSign last(
      TopicReader reader,
      Map<TopicPartition, Long> from,
      List<TopicPartition> own,
      Cluster cluster,
      String host) {
    WireCodec<AgentStatus> codec = new WireCodec<>(AgentStatus.class, cluster.schemas());
    byte[] key = host.getBytes(StandardCharsets.UTF_8);
    @Nullable AgentSign[] last = {null};
    reader.read(
        from,
        reader.ends(own),
        record -> {
          if (Arrays.equals(key, record.key())
              && codec.decode(record.value())
                  instanceof Decoded.Value<AgentStatus>(AgentStatus status)) {
            last[0] = new AgentSign(status.getEpoch(), status.getHeartbeatAt());
          }
          return true;
        });
    return last[0];
  }

  /** What it says about a command without an answer, and what to do. */
  static String explain(@Nullable AgentSign sign, String host, Instant now) {
    String start = "start it with 'irq-ledger agent serve --host " + host + " ...' and send again";
    if (sign == null) {
      return "no agent of " + host + " ever gave a sign of life: check the name, or " + start;
    }
    Duration age = Duration.between(sign.heartbeatAt, now);
    String last = "the agent's last sign of life is " + age(age) + " (epoch " + sign.epoch + ")";
    return age.compareTo(ALIVE) > 0
        ? last + ": it seems to be down: " + start
        : last + ": it runs, but is busy or does not read irq.commands: look at its messages";
  }

  private static String age(Duration age) {
    if (age.isNegative()) {
      return "ahead of this clock by " + DurationText.ofSeconds(-age.toSeconds());
    }
    return age.toHours() >= 48
        ? age.toDays() + " days old"
        : age.toMinutes() >= 120
            ? age.toHours() + " hours old"
            : age.toSeconds() >= 120
                ? age.toMinutes() + " minutes old"
                : age.toSeconds() + " s old";
  }
}

package dev.irqledger.system;

import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.ReadToEnd;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Signs of life in a cluster whose topics have one partition. */
final class AgentStatuses {
  private AgentStatuses() {}

  /** The latest one. */
  static AgentStatus last(String bootstrap) {
    WireCodec<AgentStatus> codec = new WireCodec<>(AgentStatus.class, SchemaCatalog.releasedOnly());
    List<AgentStatus> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<byte[], byte[]>(ConsumerSettings.readCommitted(bootstrap))) {
      var _ =
          new ReadToEnd(consumer, Duration.ofMinutes(1))
              .read(
                  Map.of(new TopicPartition(Topic.AGENT_STATUS.topicName(), 0), 0L),
                  status -> {
                    if (codec.decode(status.value()) instanceof Value<AgentStatus>(var value)) {
                      found.add(value);
                    }
                  });
    }
    return found.getLast();
  }
}

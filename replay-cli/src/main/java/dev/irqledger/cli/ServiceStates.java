package dev.irqledger.cli;

import dev.irqledger.cli.write.TopicReader;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The states that a service keeps in {@code irq.device-state}.
 *
 * @param states the latest of each device
 * @param unreadable how many records could not be decoded
 */
record ServiceStates(Map<DeviceKey, FoldedState> states, long unreadable) {
  /**
   * Reads them as they are now.
   *
   * @throws dev.irqledger.replay.ReplayException if the topic cannot be read
   */
  static ServiceStates read(Cluster cluster, Predicate<DeviceKey> wanted) {
    DeviceStateCodec codec = new DeviceStateCodec(cluster.schemas());
    Map<DeviceKey, FoldedState> states = new HashMap<>();
    long[] unreadable = {0};
    try (TopicReader reader = new TopicReader(cluster)) {
      var partitions = reader.partitions(Topic.DEVICE_STATE);
      Map<TopicPartition, Long> from = reader.beginnings(partitions);
      reader.read(
          from,
          reader.ends(partitions),
          record -> {
            unreadable[0] += take(record, codec, states) ? 0 : 1;
            return true;
          });
    }
    states.keySet().removeIf(wanted.negate());
    return new ServiceStates(states, unreadable[0]);
  }

  private static boolean take(
      ConsumerRecord<byte[], byte[]> record,
      DeviceStateCodec codec,
      Map<DeviceKey, FoldedState> states) {
    if (record.value() == null) {
      states.remove(DeviceKey.parse(new String(record.key(), StandardCharsets.UTF_8)));
      return true;
    }
    return switch (codec.decode(record.value())) {
      case Value<FoldedState>(FoldedState state) -> {
        states.put(state.state().key(), state);
        yield true;
      }
      case Undecodable<FoldedState> _ -> false;
    };
  }
}

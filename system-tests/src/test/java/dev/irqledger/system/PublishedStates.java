package dev.irqledger.system;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Follows the committed states of all devices, and notes where one goes back. */
final class PublishedStates implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Consumer<byte[], byte[]> consumer;
  private final DeviceStateCodec codec = new DeviceStateCodec(SchemaCatalog.releasedOnly());
  private final Map<DeviceKey, FoldedState> latest = new TreeMap<>();

  /** Of each device the values as they stand on the topic, by the offset of their last event. */
  private final Map<DeviceKey, Map<Long, byte[]>> values = new HashMap<>();

  private final List<String> backwards = new ArrayList<>();

  PublishedStates(String bootstrap, int partitions) {
    consumer = new KafkaConsumer<>(ConsumerSettings.readCommitted(bootstrap));
    List<TopicPartition> all =
        IntStream.range(0, partitions)
            .mapToObj(p -> new TopicPartition(Topic.DEVICE_STATE.topicName(), p))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /** Takes what was committed since. */
  void poll() {
    for (ConsumerRecord<byte[], byte[]> state : consumer.poll(POLL)) {
      if (!(codec.decode(state.value())
          instanceof Decoded.Value<FoldedState>(FoldedState folded))) {
        throw new AssertionError("undecodable: " + new String(state.key(), StandardCharsets.UTF_8));
      }
      DeviceKey device = folded.state().key();
      FoldedState before = latest.put(device, folded);
      values
          .computeIfAbsent(device, _ -> new HashMap<>())
          .put(folded.position().offset(), state.value());
      if (before != null && before.position().offset() > folded.position().offset()) {
        backwards.add(device + " from " + before.position() + " to " + folded.position());
      }
    }
  }

  /** Whether every device has that event of it, or a later one. */
  boolean have(Map<DeviceKey, Long> offsets) {
    return offsets.entrySet().stream()
        .allMatch(each ->
            latest.containsKey(each.getKey())
                && latest.get(each.getKey()).position().offset() >= each.getValue());
  }

  Map<DeviceKey, FoldedState> latest() {
    return latest;
  }

  /**
   * The value of a device's state after the event at that offset, as it stands on the topic; null
   * where none was published.
   */
  byte @Nullable [] value(DeviceKey device, long offset) {
    Map<Long, byte[]> known = values.get(device);
    return known == null ? null : known.get(offset);
  }

  List<String> backwards() {
    return backwards;
  }

  @Override
  public void close() {
    consumer.close();
  }
}

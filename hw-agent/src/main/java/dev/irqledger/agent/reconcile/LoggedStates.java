package dev.irqledger.agent.reconcile;

import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.topic.EventRecords;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.ReadToEnd;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The devices of one host as the log has them: the states that the ledger service folded, where it
 * runs, and the events behind them folded here. Without the service all events are read.
 */
public final class LoggedStates {
  private final String host;
  private final EventCodec events;
  private final DeviceStateCodec states;
  private final SortedMap<Bdf, FoldedState> devices = new TreeMap<>();

  LoggedStates(String host, Lookups lookups) {
    this.host = host;
    this.events = lookups.codec();
    this.states = new DeviceStateCodec(lookups.schemas());
  }

  /**
   * Reads the log to the end that it has now.
   *
   * @param partitions how many partitions the topics have
   * @param patience how long each of the two topics may take
   * @throws dev.irqledger.agent.publish.PublishException if the log cannot be read
   */
  public static SortedMap<Bdf, DeviceState> read(
      Cluster cluster, int partitions, String host, Duration patience) {
    LoggedStates logged = new LoggedStates(host, cluster.lookups());
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.consumerSettings())) {
      logged.read(consumer, HostPartitioner.partition(host, partitions), patience);
    } catch (KafkaException e) {
      throw cluster.failure("reading the log", e);
    }
    return logged.devices();
  }

  void read(Consumer<byte[], byte[]> consumer, int partition, Duration patience) {
    ReadToEnd reading = new ReadToEnd(consumer, patience);
    var _ = reading.read(Map.of(at(Topic.DEVICE_STATE, partition), 0L), this::takeState);
    // the service folds a partition in order: what lies before its latest state is in all of them
    long from =
        devices.values().stream().mapToLong(state -> state.position().offset()).max().orElse(-1);
    var _ = reading.read(Map.of(at(Topic.EVENTS, partition), from + 1), this::takeEvent);
  }

  SortedMap<Bdf, DeviceState> devices() {
    SortedMap<Bdf, DeviceState> found = new TreeMap<>();
    devices.forEach((bdf, folded) -> found.put(bdf, folded.state()));
    return found;
  }

  private void takeState(ConsumerRecord<byte[], byte[]> state) {
    if (isOfHost(state)
        && states.decode(state.value()) instanceof Value<FoldedState>(FoldedState folded)) {
      devices.put(folded.state().key().bdf(), folded);
    }
  }

  /** What cannot be decoded is in quarantine, and in nobody's state. */
  private void takeEvent(ConsumerRecord<byte[], byte[]> record) {
    if (!isOfHost(record)
        || !(EventRecords.decode(events, record)
            instanceof Value<InterruptEvent>(InterruptEvent event))) {
      return;
    }
    DeviceKey key = event.device();
    FoldedState before =
        devices.getOrDefault(
            key.bdf(), new FoldedState(DeviceState.unseen(key), LogPosition.START));
    if (record.offset() > before.position().offset()) {
      LogPosition position =
          new LogPosition(record.partition(), record.offset(), record.timestamp());
      devices.put(key.bdf(), new FoldedState(Ledger.fold(before.state(), event).state(), position));
    }
  }

  private boolean isOfHost(ConsumerRecord<byte[], byte[]> record) {
    return record.key() != null
        && new String(record.key(), StandardCharsets.UTF_8).startsWith(host + "/");
  }

  private static TopicPartition at(Topic topic, int partition) {
    return new TopicPartition(topic.topicName(), partition);
  }
}

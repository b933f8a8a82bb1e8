package dev.irqledger.faults;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.Findings;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.ViolationKind;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.ReadToEnd;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The log to its end, folded by nothing but the fold, and the findings that the service told. */
final class LogOfRecord {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<String, List<UUID>> ids = new TreeMap<>();
  private final Map<DeviceKey, Long> last = new TreeMap<>();
  private final Map<UUID, Violation> found = new HashMap<>();
  private final List<UUID> told = new ArrayList<>();
  private final Map<DeviceKey, DeviceState> states = new HashMap<>();
  private int records;
  private int repeated;

  private LogOfRecord() {}

  static LogOfRecord read(String bootstrap) {
    LogOfRecord log = new LogOfRecord();
    EventCodec events = EventCodec.releasedOnly();
    read(bootstrap, Topic.EVENTS, each -> log.fold(value(events.decode(each.value())), each));
    WireCodec<dev.irqledger.wire.avro.Violation> findings =
        new WireCodec<>(dev.irqledger.wire.avro.Violation.class, SchemaCatalog.releasedOnly());
    read(bootstrap, Topic.VIOLATIONS, each -> log.note(value(findings.decode(each.value()))));
    return log;
  }

  private static void read(
      String bootstrap, Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    Map<TopicPartition, Long> whole = new HashMap<>();
    for (int partition = 0; partition < Deployment.PARTITIONS; partition++) {
      whole.put(new TopicPartition(topic.topicName(), partition), 0L);
    }
    try (var consumer =
        new KafkaConsumer<byte[], byte[]>(ConsumerSettings.readCommitted(bootstrap))) {
      var _ = new ReadToEnd(consumer, PATIENCE).read(whole, sink);
    }
  }

  private void fold(InterruptEvent event, ConsumerRecord<byte[], byte[]> at) {
    records++;
    last.put(event.device(), at.offset());
    DeviceState before = states.computeIfAbsent(event.device(), DeviceState::unseen);
    Folded folded = Ledger.fold(before, event);
    states.put(event.device(), folded.state());
    folded.violations().forEach(violation -> found.put(violation.id(), violation));
    if (folded.state().tally().redeliveries() > before.tally().redeliveries()) {
      repeated++; // an acknowledgement was lost with its broker or its agent
    } else {
      ids.computeIfAbsent(event.device().host(), _ -> new ArrayList<>()).add(event.id());
    }
  }

  private void note(dev.irqledger.wire.avro.Violation finding) {
    if (finding.getKind() != ViolationKind.POLICY) { // what clocks and policies object to
      told.add(value(Findings.violation(finding)).id());
    }
  }

  private static <T> T value(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Value<T>(T value) -> value;
      case Decoded.Undecodable<T>(String reason) -> throw new IllegalStateException(reason);
    };
  }

  /** How many records it has. */
  int records() {
    return records;
  }

  /** How many of them are plain repetitions, which the fold counts and passes over. */
  int repeated() {
    return repeated;
  }

  /** The host's events, each once, in the order of the log. */
  List<UUID> of(String host) {
    return ids.getOrDefault(host, List.of());
  }

  /** The offset of each device's last event. */
  Map<DeviceKey, Long> last() {
    return last;
  }

  /** What the fold finds in the log. */
  Map<UUID, Violation> found() {
    return found;
  }

  /** The ids of the findings in {@code irq.violations}, as often as they are there. */
  List<UUID> told() {
    return told;
  }
}

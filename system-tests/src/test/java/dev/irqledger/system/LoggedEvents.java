package dev.irqledger.system;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.ReadToEnd;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** A log of one partition, read to its end and folded event by event. */
final class LoggedEvents {
  private final List<InterruptEvent> events = new ArrayList<>();
  private final Map<UUID, DeviceState> after = new HashMap<>();
  private final Map<DeviceKey, DeviceState> states = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private int repeated;

  static LoggedEvents read(String bootstrap) {
    LoggedEvents log = new LoggedEvents();
    EventCodec codec = EventCodec.releasedOnly();
    try (var consumer =
        new KafkaConsumer<byte[], byte[]>(ConsumerSettings.readCommitted(bootstrap))) {
      var _ =
          new ReadToEnd(consumer, Duration.ofMinutes(2))
              .read(
                  Map.of(new TopicPartition(Topic.EVENTS.topicName(), 0), 0L),
                  event -> log.fold(codec.decode(event.value())));
    }
    return log;
  }

  private void fold(Decoded<InterruptEvent> decoded) {
    switch (decoded) {
      case Decoded.Undecodable<InterruptEvent>(String reason) -> throw new AssertionError(reason);
      case Decoded.Value<InterruptEvent>(InterruptEvent event) -> {
        DeviceState before = states.computeIfAbsent(event.device(), DeviceState::unseen);
        Folded folded = Ledger.fold(before, event);
        states.put(event.device(), folded.state());
        violations.addAll(folded.violations());
        if (folded.state().tally().redeliveries() > before.tally().redeliveries()) {
          repeated++; // an acknowledgement was lost with its broker or its agent
        } else {
          after.put(event.id(), folded.state());
          events.add(event);
        }
      }
    }
  }

  /** How many records were plain repetitions, which the fold counts and passes over. */
  int repeated() {
    return repeated;
  }

  /** Each event once, in the order of the log. */
  List<InterruptEvent> events() {
    return events;
  }

  List<InterruptEvent> of(DeviceKey device) {
    return events.stream().filter(event -> event.device().equals(device)).toList();
  }

  /** The device's state after that event. */
  DeviceState after(UUID event) {
    return after.get(event);
  }

  /** The device's state after all its events up to that time of the host. */
  DeviceState at(DeviceKey device, long micros) {
    DeviceState state = DeviceState.unseen(device);
    for (InterruptEvent event : of(device)) {
      if (event.hostTimeMicros() <= micros) {
        state = after.get(event.id());
      }
    }
    return state;
  }

  DeviceState state(DeviceKey device) {
    return states.getOrDefault(device, DeviceState.unseen(device));
  }

  List<Violation> violations() {
    return violations;
  }
}

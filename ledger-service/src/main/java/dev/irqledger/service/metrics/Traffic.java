package dev.irqledger.service.metrics;

import dev.irqledger.core.policy.PolicyRule;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.avro.ViolationKind;
import dev.irqledger.wire.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Counts what comes from the log and what goes into the topics that are derived from it. Safe for
 * use by many threads.
 */
final class Traffic {
  /** Under this key the interceptors find it in their client's settings. */
  static final String SETTING = "irq.ledger.traffic";

  /** Findings are written with this program's own schema: nothing has to be looked up. */
  private static final ThreadLocal<WireCodec<Violation>> FINDINGS =
      ThreadLocal.withInitial(() -> new WireCodec<>(Violation.class, SchemaCatalog.releasedOnly()));

  private final MeterRegistry registry;
  private final Counter quarantined;
  private final Map<TopicPartition, Long> latestTaken = new ConcurrentHashMap<>();

  Traffic(MeterRegistry registry) {
    this.registry = registry;
    this.quarantined =
        Counter.builder("irq.ledger.quarantined")
            .description("Records that could not be read and went to irq.quarantine")
            .register(registry);
    // From zero on, so that the first finding of a rule is seen as an increase.
    for (Rule rule : Rule.values()) {
      var _ = found(rule.kind().name(), rule.name());
    }
    for (PolicyRule rule : PolicyRule.values()) {
      var _ = found(ViolationKind.POLICY.name(), rule.name());
    }
  }

  private Counter found(String kind, String rule) {
    return Counter.builder("irq.ledger.findings")
        .description("Findings that went to irq.violations")
        .tag("kind", kind)
        .tag("rule", rule)
        .register(registry);
  }

  void taken(ConsumerRecord<?, ?> event) {
    latestTaken.put(new TopicPartition(event.topic(), event.partition()), event.timestamp());
  }

  void published(ProducerRecord<?, ?> record) {
    if (record.topic().equals(Topic.QUARANTINE.topicName())) {
      quarantined.increment();
    } else if (record.topic().equals(Topic.VIOLATIONS.topicName())) {
      found(record.value()).increment();
    }
  }

  private Counter found(@Nullable Object finding) {
    return finding instanceof byte[] bytes
            && FINDINGS.get().decode(bytes) instanceof Decoded.Value<Violation>(Violation read)
        ? found(read.getKind().name(), read.getRule())
        : found(ViolationKind.OTHER.name(), "UNKNOWN");
  }

  /** The log time of the latest event taken from that partition, in milliseconds since 1970. */
  OptionalLong latestTakenMs(TopicPartition partition) {
    Long time = latestTaken.get(partition);
    return time == null ? OptionalLong.empty() : OptionalLong.of(time);
  }
}

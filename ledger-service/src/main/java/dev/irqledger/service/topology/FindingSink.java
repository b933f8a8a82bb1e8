package dev.irqledger.service.topology;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.policy.PolicyFinding;
import dev.irqledger.wire.Findings;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Violation;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes what is found on a host as a whole, and what policies object to. Confined to one task.
 */
final class FindingSink {
  private final WireCodec<Violation> codec;
  private final ProcessorContext<byte[], byte[]> context;

  FindingSink(SchemaCatalog schemas, ProcessorContext<byte[], byte[]> context) {
    this.codec = new WireCodec<>(Violation.class, schemas);
    this.context = context;
  }

  /**
   * Publishes one, under the device's key, or the host's where it is about more than one device.
   *
   * @param position the event at that position, or the last one before a clock brought it up
   * @param timestampMs when it was found, in milliseconds since 1970
   */
  void put(PolicyFinding finding, LogPosition position, long timestampMs) {
    Bdf device = finding.device();
    String key = device == null ? finding.host() : finding.host() + '/' + device.text();
    forward(key, Findings.of(finding, position), timestampMs);
  }

  /** Publishes a rule that is broken between devices, at the event at that position. */
  void put(dev.irqledger.core.rule.Violation violation, LogPosition position) {
    forward(violation.device().toString(), Findings.of(violation, position), position.logTimeMs());
  }

  private void forward(String key, Violation finding, long timestampMs) {
    context.forward(
        new Record<>(key.getBytes(StandardCharsets.UTF_8), codec.encode(finding), timestampMs),
        LedgerTopology.VIOLATIONS);
  }
}

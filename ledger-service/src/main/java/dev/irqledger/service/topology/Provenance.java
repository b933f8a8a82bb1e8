package dev.irqledger.service.topology;

import dev.irqledger.wire.LogPosition;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Which record of a topic is being processed. */
final class Provenance {
  private Provenance() {}

  static RecordMetadata of(ProcessorContext<?, ?> context) {
    return context
        .recordMetadata()
        .orElseThrow(() -> new IllegalStateException("no record is being processed"));
  }

  static LogPosition position(ProcessorContext<?, ?> context, long logTimeMs) {
    RecordMetadata at = of(context);
    return new LogPosition(at.partition(), at.offset(), logTimeMs);
  }
}

package dev.irqledger.service.topology;

import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Quarantine;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Quarantined;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Puts records that cannot be used into quarantine. Confined to one task. */
final class SetAside {
  private final WireCodec<Quarantined> codec;
  private final ProcessorContext<byte[], Object> context;

  SetAside(SchemaCatalog schemas, ProcessorContext<byte[], Object> context) {
    this.codec = new WireCodec<>(Quarantined.class, schemas);
    this.context = context;
  }

  /**
   * Sets the record aside that is being processed.
   *
   * @param reason why it cannot be used, in words
   */
  void put(byte @Nullable [] key, byte @Nullable [] value, long timestamp, String reason) {
    RecordMetadata at = Provenance.of(context);
    String bounded = new Undecodable<>(reason).reason();
    byte[] quarantined =
        codec.encode(Quarantine.of(at.topic(), at.partition(), at.offset(), bounded, key, value));
    // Without the original's headers: nobody bounds them.
    context.forward(new Record<>(first(key), quarantined, timestamp), LedgerTopology.QUARANTINE);
  }

  private static byte @Nullable [] first(byte @Nullable [] key) {
    return key == null || key.length <= Quarantine.KEY_BYTES
        ? key
        : Arrays.copyOf(key, Quarantine.KEY_BYTES);
  }
}

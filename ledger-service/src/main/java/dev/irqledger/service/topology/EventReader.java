package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.EventRecords;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into events; what is none goes to quarantine. Here and not in a deserializer, whose
 * failures Streams would either drop or stop at (its dead-letter queue, KIP-1034, knows neither our
 * reasons nor our exit when it fails itself).
 */
final class EventReader implements Processor<byte[], byte[], byte[], Object> {
  private final SchemaCatalog schemas;
  private final EventCodec codec;
  private @Nullable ProcessorContext<byte[], Object> context;
  private @Nullable SetAside setAside;

  EventReader(Lookups lookups) {
    this.schemas = lookups.schemas();
    this.codec = lookups.codec();
  }

  @Override
  public void init(ProcessorContext<byte[], Object> own) {
    context = own;
    setAside = new SetAside(schemas, own);
  }

  @Override
  public void process(Record<byte[], byte[]> bytes) {
    byte[] key = bytes.key();
    byte[] value = bytes.value();
    switch (read(key, bytes)) {
      case Value<InterruptEvent>(InterruptEvent event) ->
          Objects.requireNonNull(context)
              .forward(
                  new Record<>(key, new SealedEvent(event, value), bytes.timestamp()),
                  LedgerTopology.FOLD_DEVICES);
      case Undecodable<InterruptEvent>(String reason) ->
          Objects.requireNonNull(setAside).put(key, value, bytes.timestamp(), reason);
    }
  }

  private Decoded<InterruptEvent> read(byte @Nullable [] key, Record<byte[], byte[]> bytes) {
    Decoded<InterruptEvent> decoded =
        codec.decode(bytes.value(), EventRecords.signature(bytes.headers()), bytes.timestamp());
    if (decoded instanceof Value<InterruptEvent>(InterruptEvent event)) {
      String objection = objection(key, event.device());
      return objection == null ? decoded : new Undecodable<>(objection);
    }
    return decoded;
  }

  /** Order and compaction go by the key: an event under another one's would spoil both. */
  private static @Nullable String objection(byte @Nullable [] key, DeviceKey device) {
    if (key == null) {
      return "there is no key; the event is of " + device;
    }
    if (Arrays.equals(key, device.toString().getBytes(StandardCharsets.UTF_8))) {
      return null;
    }
    String text = new String(key, StandardCharsets.UTF_8);
    try {
      return "the key is " + DeviceKey.parse(text) + ", but the event is of " + device;
    } catch (IllegalArgumentException e) {
      return "the event is of " + device + ", but its key is " + e.getMessage();
    }
  }
}

package dev.irqledger.benchmarks;

import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.SchemaCatalog;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells from records of results up to which event of their partition the results are there. */
sealed interface Arrival {
  /** The offset of the last event in the record's partition whose result is there with it. */
  long reached(ConsumerRecord<byte[], byte[]> result);

  /** One record for each event, in their order. */
  final class Counted implements Arrival {
    private final Map<Integer, Long> seen = new HashMap<>();

    @Override
    public long reached(ConsumerRecord<byte[], byte[]> result) {
      return seen.merge(result.partition(), 1L, Long::sum) - 1;
    }
  }

  /**
   * States of devices, each with the position of the last event in it. Those that changed are
   * published together, so that with the latest of them all events before it are in some state.
   */
  final class States implements Arrival {
    private final DeviceStateCodec codec = new DeviceStateCodec(SchemaCatalog.releasedOnly());

    @Override
    public long reached(ConsumerRecord<byte[], byte[]> result) {
      return switch (codec.decode(result.value())) {
        case Decoded.Value<FoldedState>(FoldedState state) -> state.position().offset();
        case Decoded.Undecodable<FoldedState>(String reason) ->
            throw new IllegalStateException(reason);
      };
    }
  }
}

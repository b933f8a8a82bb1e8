package dev.irqledger.service;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.service.ServiceException.Kind;
import dev.irqledger.service.topology.LedgerTopology;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.SchemaCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads the device states of this instance. */
final class LocalStates {
  private final KafkaStreams streams;
  private final SchemaCatalog schemas;

  LocalStates(KafkaStreams streams, SchemaCatalog schemas) {
    this.streams = streams;
    this.schemas = schemas;
  }

  Optional<FoldedState> of(DeviceKey device) {
    return reading(store ->
        Optional.ofNullable(store.get(device.toString()))
            .map(bytes -> read(new DeviceStateCodec(schemas), bytes)));
  }

  List<FoldedState> all() {
    return reading(store -> {
      DeviceStateCodec codec = new DeviceStateCodec(schemas);
      List<FoldedState> all = new ArrayList<>();
      try (KeyValueIterator<String, byte[]> devices = store.all()) {
        devices.forEachRemaining(device -> all.add(read(codec, device.value)));
      }
      all.sort(Comparator.comparing(folded -> folded.state().key()));
      return all;
    });
  }

  private static FoldedState read(DeviceStateCodec codec, byte[] bytes) {
    return switch (codec.decode(bytes)) {
      case Decoded.Value<FoldedState>(FoldedState folded) -> folded;
      case Decoded.Undecodable<FoldedState>(String reason) ->
          throw new IllegalStateException("a kept state cannot be read: " + reason);
    };
  }

  private <T> T reading(Function<ReadOnlyKeyValueStore<String, byte[]>, T> read) {
    try {
      return read.apply(
          streams.store(
              StoreQueryParameters.fromNameAndType(
                  LedgerTopology.DEVICE_STATES,
                  QueryableStoreTypes.<String, byte[]>keyValueStore())));
    } catch (InvalidStateStoreException e) {
      throw new ServiceException(
          Kind.NOT_READY, "the state is being restored or moved: ask again in a moment", e);
    }
  }
}

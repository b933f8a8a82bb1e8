package dev.irqledger.service;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.service.ServiceException.Kind;
import dev.irqledger.service.topology.LedgerTopology;
import dev.irqledger.service.topology.StateReader;
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
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads the device states of this instance. */
final class LocalStates {
  private static final StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>> CURRENT =
      StoreQueryParameters.fromNameAndType(
          LedgerTopology.DEVICE_STATES, QueryableStoreTypes.<String, byte[]>keyValueStore());

  private final KafkaStreams streams;
  private final SchemaCatalog schemas;

  LocalStates(KafkaStreams streams, SchemaCatalog schemas) {
    this.streams = streams;
    this.schemas = schemas;
  }

  Optional<FoldedState> of(DeviceKey device) {
    return reading(CURRENT, reader -> reader.read(device));
  }

  Optional<FoldedState> copyOf(DeviceKey device) {
    return reading(CURRENT.enableStaleStores(), reader -> reader.read(device));
  }

  List<FoldedState> all() {
    return reading(
        CURRENT,
        reader -> {
          List<FoldedState> all = new ArrayList<>();
          reader.forEach(all::add);
          all.sort(Comparator.comparing(folded -> folded.state().key()));
          return all;
        });
  }

  private <T> T reading(
      StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>> which,
      Function<StateReader, T> read) {
    try {
      return read.apply(new StateReader(schemas, streams.store(which)));
    } catch (InvalidStateStoreException e) {
      throw new ServiceException(
          Kind.NOT_READY, "the state is being restored or moved: ask again in a moment", e);
    }
  }
}

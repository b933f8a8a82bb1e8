package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.SchemaCatalog;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole states, also while another thread writes them: what it returns was once the device's
 * state. One thread at a time may use it.
 */
public final class StateReader {
  /** So often slices that do not belong together are read again, until it is no writer's doing. */
  private static final int ATTEMPTS = 1000;

  private final StateSlices slices;
  private final ReadOnlyKeyValueStore<String, byte[]> store;

  /**
   * @param store the store {@link LedgerTopology#DEVICE_STATES}
   */
  public StateReader(SchemaCatalog schemas, ReadOnlyKeyValueStore<String, byte[]> store) {
    this.slices = new StateSlices(schemas);
    this.store = store;
  }

  /**
   * A device's state; empty where it was never seen.
   *
   * @throws InvalidStateStoreException if it changed whenever it was read
   */
  public Optional<FoldedState> read(DeviceKey device) {
    for (int i = 0; i < ATTEMPTS; i++) {
      byte[] head = store.get(StateSlices.headKey(device));
      if (head == null) {
        return Optional.empty();
      }
      Whole whole = new Whole(head);
      try (KeyValueIterator<String, byte[]> rest =
          store.prefixScan(StateSlices.slicePrefix(device), new StringSerializer())) {
        rest.forEachRemaining(slice -> whole.add(slice.value));
      }
      if (whole.sound()) {
        return Optional.of(whole.state());
      }
      Thread.onSpinWait();
    }
    throw new InvalidStateStoreException(device + " changed whenever it was read");
  }

  /**
   * Looks at the first state, so that one of another version is noticed before the log goes on.
   *
   * @throws dev.irqledger.service.pressure.UnknownFormException if another version of this program
   *     has written it
   */
  void requireKnownForm() {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      if (all.hasNext()) {
        var _ = slices.head(all.next().value);
      }
    }
  }

  /** Reads the states of all devices, in the order of the store. */
  public void forEach(Consumer<FoldedState> reader) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      @Nullable Whole device = null;
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        if (StateSlices.isHead(next.key)) {
          tell(device, reader);
          device = new Whole(next.value);
        } else if (device != null) {
          device.add(next.value);
        }
      }
      tell(device, reader);
    }
  }

  private void tell(@Nullable Whole device, Consumer<FoldedState> reader) {
    if (device != null) {
      reader.accept(
          device.sound() ? device.state() : read(device.state().state().key()).orElseThrow());
    }
  }

  /** A device's state, put together. */
  private final class Whole {
    private final StateSlices.Head head;
    private VectorMap vectors = VectorMap.EMPTY;

    Whole(byte[] kept) {
      head = slices.head(kept);
    }

    void add(byte[] slice) {
      VectorMap more = slices.vectors(slice);
      int first = more.next(0);
      if (first >= 0) {
        vectors = vectors.withPage(first / VectorMap.PAGE_VECTORS, more);
      }
    }

    boolean sound() {
      return StateSlices.checksum(vectors) == head.checksum();
    }

    FoldedState state() {
      DeviceState state = head.state().state();
      return new FoldedState(
          state.with(state.interrupts().withVectors(vectors)), head.state().position());
    }
  }
}

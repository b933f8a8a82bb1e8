package dev.irqledger.service.topology;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The states of a task's devices: in the store by slices, and those used last in memory as a whole,
 * so that an event neither reads nor writes vectors that it does not touch. Confined to one task.
 */
final class KeptStates {
  /** A state in memory weighs as much as so many vectors, beside those that it has. */
  private static final int WEIGHT_OF_HEAD = 20;

  /** In vectors, of some 60 bytes: at most 15 MB for each task. */
  private static final long MOST_WEIGHT = 250_000;

  /**
   * So much room the vectors of a device may take in a record: each is at most 24 bytes, and a
   * device has at most 2,048.
   */
  private static final int ROOM_FOR_VECTORS = 64 << 10;

  private final KeyValueStore<String, byte[]> store;
  private final StateSlices slices;
  private final StateReader reader;
  private final Cache<DeviceKey, Kept> inMemory =
      Caffeine.newBuilder()
          .maximumWeight(MOST_WEIGHT)
          .weigher((DeviceKey _, Kept kept) -> kept.weight())
          .executor(Runnable::run) // a task is one thread
          .build();

  /** A state, and the checksum of its vectors. */
  private record Kept(FoldedState folded, long checksum) {
    int weight() {
      return WEIGHT_OF_HEAD + folded.state().counts().allocated();
    }
  }

  KeptStates(SchemaCatalog schemas, KeyValueStore<String, byte[]> store) {
    this.store = store;
    this.slices = new StateSlices(schemas);
    this.reader = new StateReader(schemas, store);
  }

  FoldedState of(DeviceKey device) {
    return kept(device).folded;
  }

  private Kept kept(DeviceKey device) {
    return inMemory.get(device, this::read);
  }

  private Kept read(DeviceKey device) {
    FoldedState state =
        reader
            .read(device)
            .orElseGet(() -> new FoldedState(DeviceState.unseen(device), LogPosition.START));
    return new Kept(state, StateSlices.checksum(state.state().interrupts().vectors()));
  }

  /**
   * Keeps a state in the place of the one before.
   *
   * @return false if it might take more than the log can carry; then nothing was changed
   */
  boolean put(FoldedState after) {
    DeviceKey device = after.state().key();
    Kept before = kept(device);
    VectorMap from = before.folded.state().interrupts().vectors();
    VectorMap to = after.state().interrupts().vectors();
    long checksum = StateSlices.checksum(before.checksum, from, to);
    byte[] head;
    try {
      head = slices.head(after, checksum);
    } catch (IllegalArgumentException e) {
      return false; // not even a record can hold it
    }
    if (head.length > Room.MOST_BYTES - ROOM_FOR_VECTORS) {
      return false;
    }
    from.forEachChangedPage(to, page -> putSlice(after.state(), page));
    store.put(StateSlices.headKey(device), head);
    inMemory.put(device, new Kept(after, checksum));
    return true;
  }

  private void putSlice(DeviceState after, int page) {
    String key = StateSlices.sliceKey(after.key(), page);
    if (after.interrupts().vectors().page(page).isEmpty()) {
      store.delete(key);
    } else {
      store.put(key, slices.slice(after, page));
    }
  }
}

package dev.irqledger.service.topology;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.EncodedVectors;
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

  /** In vectors, of some 60 bytes, and 20 that they are encoded as: at most 20 MB for each task. */
  private static final long MOST_WEIGHT = 250_000;

  /**
   * So much room the vectors of a device may take in a record: each is at most 24 bytes, and a
   * device has at most 2,048.
   */
  private static final int ROOM_FOR_VECTORS = 64 << 10;

  private final KeyValueStore<String, byte[]> store;
  private final DeviceStateCodec records;
  private final StateSlices slices;
  private final StateReader reader;
  private final Cache<DeviceKey, Kept> inMemory =
      Caffeine.newBuilder()
          .maximumWeight(MOST_WEIGHT)
          .weigher((DeviceKey _, Kept kept) -> kept.weight())
          .executor(Runnable::run) // a task is one thread
          .build();

  /** A state, the checksum of its vectors, and what they are encoded as. */
  private record Kept(FoldedState folded, long checksum, EncodedVectors encoded) {
    static Kept unseen(DeviceKey device) {
      FoldedState folded = new FoldedState(DeviceState.unseen(device), LogPosition.START);
      return new Kept(folded, StateSlices.checksum(VectorMap.EMPTY), EncodedVectors.NONE);
    }

    /** What takes its place: the cost goes by the vectors that differ. */
    Kept moved(FoldedState after, DeviceStateCodec records) {
      VectorMap to = after.state().interrupts().vectors();
      return new Kept(
          after,
          StateSlices.checksum(checksum, vectors(), to),
          records.encode(encoded, vectors(), to));
    }

    VectorMap vectors() {
      return folded.state().interrupts().vectors();
    }

    int weight() {
      return WEIGHT_OF_HEAD + folded.state().counts().allocated();
    }
  }

  /**
   * @throws dev.irqledger.service.pressure.UnknownFormException if the states in the store are of
   *     another version of this program
   */
  KeptStates(SchemaCatalog schemas, KeyValueStore<String, byte[]> store) {
    this.store = store;
    this.records = new DeviceStateCodec(schemas);
    this.slices = new StateSlices(schemas);
    this.reader = new StateReader(schemas, store);
    reader.requireKnownForm();
  }

  FoldedState of(DeviceKey device) {
    return kept(device).folded;
  }

  /** The record of a device's state, of which no vector is encoded that was so before. */
  byte[] record(DeviceKey device) {
    Kept kept = kept(device);
    return records.encode(kept.folded, kept.encoded);
  }

  private Kept kept(DeviceKey device) {
    return inMemory.get(device, this::read);
  }

  private Kept read(DeviceKey device) {
    Kept unseen = Kept.unseen(device);
    return reader.read(device).map(state -> unseen.moved(state, records)).orElse(unseen);
  }

  /**
   * Keeps a state in the place of the one before.
   *
   * @return false if it might take more than the log can carry; then nothing was changed
   */
  boolean put(FoldedState after) {
    DeviceKey device = after.state().key();
    Kept before = kept(device);
    Kept kept = before.moved(after, records);
    byte[] head;
    try {
      head = slices.head(after, kept.checksum);
    } catch (IllegalArgumentException e) {
      return false; // not even a record can hold it
    }
    if (head.length > Room.MOST_BYTES - ROOM_FOR_VECTORS) {
      return false;
    }
    before.vectors().forEachChangedPage(kept.vectors(), page -> putSlice(kept, page));
    store.put(StateSlices.headKey(device), head);
    inMemory.put(device, kept);
    return true;
  }

  private void putSlice(Kept kept, int page) {
    DeviceKey device = kept.folded.state().key();
    String key = StateSlices.sliceKey(device, page);
    EncodedVectors vectors = kept.encoded.page(page);
    if (vectors.isEmpty()) {
      store.delete(key);
    } else {
      store.put(key, slices.slice(device, vectors));
    }
  }
}

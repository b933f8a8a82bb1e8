package dev.irqledger.service.topology;

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
 * so that an event neither reads nor writes vectors that it does not touch. What changed is written
 * when {@link #write} is called. Confined to one task.
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

  private static final int ROOM_FOR_HEAD = Room.MOST_BYTES - ROOM_FOR_VECTORS;

  /**
   * What an event may add to a head beside twice its own bytes: what it says is kept once or twice,
   * and its hash, its place in the log and what is counted are numbers of fixed size.
   */
  static final int MOST_BESIDE_EVENT = 512;

  private final KeyValueStore<String, byte[]> store;
  private final DeviceStateCodec records;
  private final StateSlices slices;
  private final StateReader reader;
  private final DeviceMemory<Kept> states =
      new DeviceMemory<>(MOST_WEIGHT, Kept::weight, this::read, this::written);

  /** Vectors, and what goes into the store of them: made when needed, from those before. */
  private record Encoded(VectorMap vectors, long checksum, EncodedVectors bytes) {
    static final Encoded NONE =
        new Encoded(VectorMap.EMPTY, StateSlices.checksum(VectorMap.EMPTY), EncodedVectors.NONE);

    /** The cost goes by the vectors that differ. */
    Encoded moved(VectorMap to, DeviceStateCodec records) {
      return to.equals(vectors)
          ? this
          : new Encoded(
              to, StateSlices.checksum(checksum, vectors, to), records.encode(bytes, vectors, to));
    }
  }

  /**
   * A state.
   *
   * @param encoded vectors that it had at some time
   * @param written the vectors that the store has
   * @param atMost no more bytes its head takes
   */
  private record Kept(FoldedState folded, Encoded encoded, VectorMap written, int atMost) {
    VectorMap vectors() {
      return folded.state().interrupts().vectors();
    }

    int weight() {
      return WEIGHT_OF_HEAD + folded.state().counts().allocated();
    }

    Kept with(Encoded to) {
      return new Kept(folded, to, written, atMost);
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
    return states.get(device).folded;
  }

  /** The record of a device's state, of which no vector is encoded that was so before. */
  byte[] record(DeviceKey device) {
    Kept kept = encoded(states.get(device));
    states.replace(device, kept);
    return records.encode(kept.folded, kept.encoded.bytes);
  }

  private Kept read(DeviceKey device) {
    FoldedState folded =
        reader.read(device).orElse(new FoldedState(DeviceState.unseen(device), LogPosition.START));
    VectorMap written = folded.state().interrupts().vectors();
    return new Kept(folded, Encoded.NONE, written, Integer.MAX_VALUE);
  }

  private Kept encoded(Kept kept) {
    return kept.with(kept.encoded.moved(kept.vectors(), records));
  }

  /**
   * Keeps a state in the place of the one before.
   *
   * @param eventBytes how many bytes the event has that led to it
   * @return false if it might take more than the log can carry; then nothing was changed
   */
  boolean put(FoldedState after, int eventBytes) {
    DeviceKey device = after.state().key();
    Kept before = states.get(device);
    int atMost = atMost(before, after, eventBytes);
    if (atMost > ROOM_FOR_HEAD) {
      return false;
    }
    states.put(device, new Kept(after, before.encoded, before.written, atMost));
    return true;
  }

  /** How many bytes a head takes at most: exact where that begins to matter. */
  private int atMost(Kept before, FoldedState after, int eventBytes) {
    long grown = before.atMost + 2L * eventBytes + MOST_BESIDE_EVENT;
    if (grown <= ROOM_FOR_HEAD) {
      return (int) grown;
    }
    try {
      return slices.head(after, 0).length;
    } catch (IllegalArgumentException e) {
      return Integer.MAX_VALUE; // not even a record can hold it
    }
  }

  /** Brings the store up to date. */
  void write() {
    states.write();
  }

  private Kept written(DeviceKey device, Kept state) {
    Kept kept = encoded(state);
    byte[] head = slices.head(kept.folded, kept.encoded.checksum);
    kept.written.forEachChangedPage(kept.vectors(), page -> putSlice(device, kept, page));
    store.put(StateSlices.headKey(device), head);
    return new Kept(kept.folded, kept.encoded, kept.vectors(), head.length);
  }

  private void putSlice(DeviceKey device, Kept kept, int page) {
    EncodedVectors vectors = kept.encoded.bytes.page(page);
    store.put(
        StateSlices.sliceKey(device, page),
        vectors.isEmpty() ? null : slices.slice(device, vectors));
  }
}

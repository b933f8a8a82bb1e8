package dev.irqledger.wire;

import dev.irqledger.core.state.VectorMap;
import org.jspecify.annotations.Nullable;

/**
 * Between folded states and the value bytes of {@code irq.device-state}. One thread at a time may
 * use it.
 */
public final class DeviceStateCodec {
  private final RecordCodec<FoldedState> records;
  private final PageEncoder pages = new PageEncoder();

  public DeviceStateCodec(SchemaCatalog catalog) {
    this.records =
        new RecordCodec<>(
            WireSchema.DEVICE_STATE,
            new FormLayout<>(WireSchema.DEVICE_STATE, new StateForm()),
            catalog);
  }

  /**
   * @throws IllegalArgumentException if it takes more than {@link SingleObject#MOST_BYTES}
   */
  public byte[] encode(FoldedState state) {
    return records.encode(state);
  }

  /**
   * The encoding of a state with these vectors: what {@link #encode(FoldedState)} makes of it where
   * they are its own, at a fraction of the cost.
   *
   * @param vectors in the place of the state's own, which are not looked at
   * @throws IllegalArgumentException if it takes more than {@link SingleObject#MOST_BYTES}
   */
  public byte[] encode(FoldedState state, EncodedVectors vectors) {
    return records.encode(out -> StateForm.write(state, vectors, new FieldWriter(out)));
  }

  /**
   * The vectors of a map, of which only the pages that differ from another one are encoded anew.
   *
   * @param before what {@code from} was encoded as
   */
  public EncodedVectors encode(EncodedVectors before, VectorMap from, VectorMap to) {
    EncodedVectors[] after = {before};
    from.forEachChangedPage(to, page -> after[0] = after[0].with(page, pages.encode(to, page)));
    return after[0];
  }

  /**
   * The state that these bytes mean: exactly the one that was encoded.
   *
   * @param bytes anything; null is a record without a value
   * @throws LookupUnavailable if a schema that the bytes need cannot be looked up now; nothing else
   *     is thrown whatever the bytes are
   */
  public Decoded<FoldedState> decode(byte @Nullable [] bytes) {
    return records.decode(bytes);
  }
}

package dev.irqledger.wire;

import org.jspecify.annotations.Nullable;

/**
 * Between folded states and the value bytes of {@code irq.device-state}. One thread at a time may
 * use it.
 */
public final class DeviceStateCodec {
  private final RecordCodec<FoldedState> records;

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
   * The state that these bytes mean: exactly the one that was encoded.
   *
   * @param bytes anything; null is a record without a value
   * @throws SchemasUnavailable if a schema that the bytes need cannot be looked up now; nothing
   *     else is thrown whatever the bytes are
   */
  public Decoded<FoldedState> decode(byte @Nullable [] bytes) {
    return records.decode(bytes);
  }
}

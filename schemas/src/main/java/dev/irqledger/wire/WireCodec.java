package dev.irqledger.wire;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Between the records that are what Avro generated from their schema, and value bytes. One thread
 * at a time may use it.
 *
 * @param <T> a class of {@code dev.irqledger.wire.avro} that {@link WireSchema} lists
 */
public final class WireCodec<T extends SpecificRecord> {
  static {
    TrustedRecords.declare();
  }

  private final RecordCodec<T> records;

  /**
   * @throws IllegalArgumentException if the type is no record of the wire by itself
   */
  public WireCodec(Class<T> type, SchemaCatalog catalog) {
    this.records = new RecordCodec<>(schemaOf(type), new GeneratedLayout<>(type), catalog);
  }

  private static WireSchema schemaOf(Class<?> type) {
    for (WireSchema schema : WireSchema.values()) {
      if (schema.schema().getFullName().equals(type.getName())) {
        return schema;
      }
    }
    throw new IllegalArgumentException("no record of the wire: " + type.getName());
  }

  /**
   * @throws IllegalArgumentException if it takes more than {@link SingleObject#MOST_BYTES}
   */
  public byte[] encode(T value) {
    return records.encode(value);
  }

  /**
   * The record that these bytes mean.
   *
   * @param bytes anything; null is a record without a value
   * @throws LookupUnavailable if a schema that the bytes need cannot be looked up now; nothing else
   *     is thrown whatever the bytes are
   */
  public Decoded<T> decode(byte @Nullable [] bytes) {
    return records.decode(bytes);
  }
}

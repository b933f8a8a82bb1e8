package dev.irqledger.wire;

import java.io.IOException;

/**
 * How the values of one type are laid out in their record, field by field in the order of the
 * schema. Written by hand, straight between the core's types and the encoding: no object stands
 * between, and nothing is found by reflection. Tests hold each form against its schema with Avro's
 * own reader.
 *
 * <p>Fields that later versions add come after all others, so that the order stays the same
 * whichever version the writer had.
 *
 * @param <T> the type
 */
interface RecordForm<T> {
  void write(T value, FieldWriter out) throws IOException;

  T read(FieldReader in) throws IOException;
}

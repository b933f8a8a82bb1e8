package dev.irqledger.replay.archive;

import java.io.IOException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** A form, as Avro's container files want it. */
record Datum<T>(Form<T> form) implements DatumReader<T>, DatumWriter<T> {
  @Override
  public void setSchema(Schema schema) {
    if (!schema.equals(form.schema())) {
      throw new AvroTypeException("another version wrote it, or it is another file");
    }
  }

  @Override
  public T read(@Nullable T reuse, Decoder in) throws IOException {
    return form.read(in);
  }

  @Override
  public void write(T row, Encoder out) throws IOException {
    form.write(row, out);
  }
}

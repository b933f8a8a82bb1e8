package dev.irqledger.wire;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** The layout of a class that Avro generated from its schema. */
final class GeneratedLayout<T extends SpecificRecord> implements Layout<T> {
  private final Schema own;
  private final SpecificData model;

  GeneratedLayout(Class<T> type) {
    this.own = SpecificData.get().getSchema(type);
    this.model = SpecificData.getForClass(type);
    // Avro's fast reader skips a foreign writer's nested fields by recursion, as deep as the bytes
    // say; the older one keeps a stack of its own.
    model.setFastReaderEnabled(false);
  }

  @Override
  public Writing<T> writing(Encoder out) {
    SpecificDatumWriter<T> writer = new SpecificDatumWriter<>(own, model);
    return value -> writer.write(value, out);
  }

  @Override
  public Reading<T> reading(Schema written, BoundedDecoder in) throws IOException {
    SpecificDatumReader<T> reader = new SpecificDatumReader<>(written, own, model);
    return () -> reader.read(null, in);
  }
}

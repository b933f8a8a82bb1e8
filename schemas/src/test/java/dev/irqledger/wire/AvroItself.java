package dev.irqledger.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.ResolvingDecoder;

/** The same by Avro's own classes, to hold the forms against. */
final class AvroItself {
  private AvroItself() {}

  /** Single-object bytes, read by Avro's generic reader and written by its generic writer. */
  static byte[] readAndWrittenAgain(WireSchema schema, byte[] bytes) throws IOException {
    int start = SingleObject.HEADER_BYTES;
    Object read =
        new GenericDatumReader<>(schema.schema())
            .read(
                null, DecoderFactory.get().binaryDecoder(bytes, start, bytes.length - start, null));
    return written(schema.schema(), read);
  }

  /** The single-object bytes of a generic record of that schema. */
  static byte[] written(Schema schema, Object generic) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(SingleObject.header(Fingerprint.of(schema)));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(generic, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /** The layout that treats our own schema as if it were another version. */
  static <T> Layout<T> alwaysResolving(WireSchema own, RecordForm<T> form) {
    return new Layout<>() {
      @Override
      public Writing<T> writing(Encoder out) {
        return value -> form.write(value, new FieldWriter(out));
      }

      @Override
      public Reading<T> reading(Schema written, BoundedDecoder in) throws IOException {
        ResolvingDecoder resolving =
            DecoderFactory.get().resolvingDecoder(written, own.schema(), in);
        FieldReader fields = new FieldReader(resolving, new KnownNames());
        return () -> {
          resolving.configure(in);
          T value = form.read(fields);
          resolving.drain();
          return value;
        };
      }
    };
  }
}

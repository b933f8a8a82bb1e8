package dev.irqledger.wire;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;

/** The layout of a type that has a {@link RecordForm}. Confined to one thread. */
final class FormLayout<T> implements Layout<T> {
  private final WireSchema own;
  private final RecordForm<T> form;
  private final KnownNames names = new KnownNames();

  FormLayout(WireSchema own, RecordForm<T> form) {
    this.own = own;
    this.form = form;
  }

  @Override
  public Writing<T> writing(Encoder out) {
    FieldWriter fields = new FieldWriter(out);
    return value -> form.write(value, fields);
  }

  @Override
  public Reading<T> reading(Schema written, BoundedDecoder in) throws IOException {
    if (Fingerprint.of(written) == own.fingerprint()) {
      FieldReader fields = new FieldReader(in, names);
      return () -> form.read(fields);
    }
    FieldOrder.check(written, own.schema());
    ResolvingDecoder resolving = DecoderFactory.get().resolvingDecoder(written, own.schema(), in);
    FieldReader fields = new FieldReader(resolving, names);
    return () -> {
      // Also forgets where an earlier value stopped short.
      resolving.configure(in);
      T value = form.read(fields);
      resolving.drain();
      return value;
    };
  }
}

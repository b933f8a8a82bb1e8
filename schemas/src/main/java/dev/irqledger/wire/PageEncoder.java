package dev.irqledger.wire;

import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.wire.EncodedVectors.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Encodes the vectors of a page, without the count before them. Confined to one thread. */
final class PageEncoder {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
  private final FieldWriter fields = new FieldWriter(out);

  /** Null where the page has no vector. */
  @Nullable Page encode(VectorMap vectors, int page) {
    bytes.reset();
    try {
      int written = write(vectors, page * VectorMap.PAGE_VECTORS);
      out.flush();
      return written == 0 ? null : new Page(written, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private int write(VectorMap vectors, int first) throws IOException {
    int written = 0;
    for (int vector = first; vector < first + VectorMap.PAGE_VECTORS; vector++) {
      VectorState state = vectors.get(vector);
      if (state != null) {
        VectorsForm.write(vector, state, fields);
        written++;
      }
    }
    return written;
  }
}

package dev.irqledger.wire;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** How values of one type become bytes, and bytes of any writer's schema become values. */
interface Layout<T> {
  /** Writes one value to the encoder that it was made for. */
  @FunctionalInterface
  interface Writing<T> {
    void write(T value) throws IOException;
  }

  /** Reads one value to its end, from the decoder that it was made for. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  Writing<T> writing(Encoder out);

  /**
   * For values that were written with that schema.
   *
   * @throws RuntimeException if our schema cannot read them
   */
  Reading<T> reading(Schema written, BoundedDecoder in) throws IOException;
}

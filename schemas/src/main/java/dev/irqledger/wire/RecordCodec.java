package dev.irqledger.wire;

import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Layout.Reading;
import dev.irqledger.wire.Layout.Writing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Between values of one type and their single-object encoding. Confined to one thread. */
final class RecordCodec<T> {
  /** More versions than one reader will ever meet, and few enough to keep. */
  private static final int MOST_READINGS = 256;

  private final WireSchema own;
  private final Layout<T> layout;
  private final SchemaCatalog catalog;
  private final byte[] header;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
  private final Writing<T> writing;

  private final BoundedDecoder in = new BoundedDecoder();
  private final Map<Long, Reading<T>> readings = new HashMap<>();
  private @Nullable Reading<T> ownReading;

  RecordCodec(WireSchema own, Layout<T> layout, SchemaCatalog catalog) {
    this.own = own;
    this.layout = layout;
    this.catalog = catalog;
    this.header = SingleObject.header(own.fingerprint());
    this.writing = layout.writing(out);
  }

  /**
   * @throws IllegalArgumentException if the value takes more than {@link SingleObject#MOST_BYTES}
   */
  byte[] encode(T value) {
    return encode(_ -> writing.write(value));
  }

  /** Writes to the encoder that it is told. */
  @FunctionalInterface
  interface Body {
    void write(Encoder out) throws IOException;
  }

  /**
   * The encoding of a value that something else than the layout knows how to write.
   *
   * @throws IllegalArgumentException as {@link #encode(Object)}
   */
  byte[] encode(Body body) {
    bytes.reset();
    try {
      bytes.write(header);
      body.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    if (bytes.size() > SingleObject.MOST_BYTES) {
      throw new IllegalArgumentException(
          own.recordName() + " of " + bytes.size() + " bytes: too large for the log");
    }
    return bytes.toByteArray();
  }

  /**
   * @throws LookupUnavailable if a schema that the bytes need cannot be looked up now; nothing else
   *     is thrown whatever the bytes are
   */
  Decoded<T> decode(byte @Nullable [] value) {
    if (value == null) {
      return new Undecodable<>("there is no value");
    }
    if (value.length > SingleObject.MOST_BYTES) {
      return new Undecodable<>("too large: " + value.length + " bytes");
    }
    if (!SingleObject.startsIn(value)) {
      return new Undecodable<>("not a single-object encoding: no c3 01 and fingerprint in front");
    }
    try {
      return read(value);
    } catch (LookupUnavailable e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return new Undecodable<>(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private Decoded<T> read(byte[] value) throws IOException {
    Reading<T> reading = reading(SingleObject.fingerprint(value));
    in.at(value, SingleObject.HEADER_BYTES);
    T read = reading.read();
    return in.remainingBytes() == 0
        ? new Decoded.Value<>(read)
        : new Undecodable<>(in.remainingBytes() + " bytes are left over at the end");
  }

  private Reading<T> reading(long fingerprint) throws IOException {
    Reading<T> known = fingerprint == own.fingerprint() ? ownReading : readings.get(fingerprint);
    return known != null ? known : newReading(fingerprint);
  }

  private Reading<T> newReading(long fingerprint) throws IOException {
    Schema written = catalog.findByFingerprint(fingerprint);
    if (written == null) {
      throw new MalformedBytes("unknown schema " + Fingerprint.hex(fingerprint));
    }
    if (!written.getFullName().equals(own.schema().getFullName())) {
      throw new MalformedBytes("a " + written.getFullName() + ", not a " + own.recordName());
    }
    Reading<T> reading = layout.reading(written, in);
    if (fingerprint == own.fingerprint()) {
      ownReading = reading;
      return reading;
    }
    if (readings.size() == MOST_READINGS) {
      readings.clear();
    }
    readings.put(fingerprint, reading);
    return reading;
  }
}

package dev.irqledger.wire;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Writes the values that fields are made of: the mirror of {@link FieldReader}. */
final class FieldWriter {
  final Encoder out;
  private final ByteBuffer uuid = ByteBuffer.allocate(16);

  FieldWriter(Encoder out) {
    this.out = out;
  }

  /** Begins a field that may be null; where this gives true its value must follow. */
  boolean present(@Nullable Object value) throws IOException {
    out.writeIndex(value == null ? 0 : 1);
    if (value == null) {
      out.writeNull();
    }
    return value != null;
  }

  /** The schema lists the constants in the order of their declaration; a test holds it to that. */
  @SuppressWarnings("EnumOrdinal")
  void constant(Enum<?> constant) throws IOException {
    out.writeEnum(constant.ordinal());
  }

  void textOrNull(@Nullable String text) throws IOException {
    if (present(text) && text != null) {
      out.writeString(text);
    }
  }

  void intOrNull(@Nullable Integer number) throws IOException {
    if (present(number) && number != null) {
      out.writeInt(number);
    }
  }

  void device(DeviceKey device) throws IOException {
    out.writeString(device.host());
    out.writeString(device.bdf().text());
  }

  void uuid(UUID id) throws IOException {
    uuid.putLong(0, id.getMostSignificantBits()).putLong(8, id.getLeastSignificantBits());
    out.writeFixed(uuid.array());
  }

  void uuidOrNull(@Nullable UUID id) throws IOException {
    if (present(id) && id != null) {
      uuid(id);
    }
  }

  void hash(EventHash hash) throws IOException {
    out.writeFixed(hash.toBytes());
  }
}

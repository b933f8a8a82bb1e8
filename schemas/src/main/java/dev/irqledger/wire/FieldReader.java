package dev.irqledger.wire;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that fields are made of. Confined to one thread.
 *
 * <p>Below it lies the plain encoding where the writer's schema is ours, else Avro's resolution of
 * the writer's schema to ours: what reads a record asks for the same fields in the same order.
 */
final class FieldReader {
  final Decoder in;
  private final KnownNames names;
  private final byte[] uuid = new byte[16];
  private final ByteBuffer uuidLongs = ByteBuffer.wrap(uuid);
  private final byte[] hash = new byte[EventHash.BYTES];

  FieldReader(Decoder in, KnownNames names) {
    this.in = in;
    this.names = names;
  }

  /** True where a value follows, false where null stands in its place. */
  boolean present() throws IOException {
    if (branch(2) == 1) {
      return true;
    }
    in.readNull();
    return false;
  }

  /**
   * Which branch of a union follows.
   *
   * @param branches how many the union has in our schema
   */
  int branch(int branches) throws IOException {
    return below(in.readIndex(), branches, "branch of a union");
  }

  /** A constant by its number in the schema, which lists them in the order of {@code all}. */
  <E> E constant(E[] all) throws IOException {
    return all[below(in.readEnum(), all.length, "symbol of an enumeration")];
  }

  private static int below(int number, int limit, String what) {
    if (number < 0 || number >= limit) {
      throw new MalformedBytes("no such " + what + ": " + number);
    }
    return number;
  }

  String text() throws IOException {
    return names.text(in);
  }

  @Nullable String textOrNull() throws IOException {
    return present() ? text() : null;
  }

  @Nullable Integer intOrNull() throws IOException {
    return present() ? (Integer) in.readInt() : null;
  }

  @Nullable Bdf bdfOrNull() throws IOException {
    return present() ? new Bdf(text()) : null;
  }

  /** The host and, after it, the device's address. */
  DeviceKey device() throws IOException {
    String host = text();
    return names.device(host, text());
  }

  UUID uuid() throws IOException {
    in.readFixed(uuid, 0, uuid.length);
    return new UUID(uuidLongs.getLong(0), uuidLongs.getLong(Long.BYTES));
  }

  @Nullable UUID uuidOrNull() throws IOException {
    return present() ? uuid() : null;
  }

  EventHash hash() throws IOException {
    in.readFixed(hash, 0, hash.length);
    return EventHash.of(hash);
  }
}

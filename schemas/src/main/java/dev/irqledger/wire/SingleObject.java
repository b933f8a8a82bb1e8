package dev.irqledger.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Avro's single-object encoding: the bytes {@code C3 01}, the CRC-64-AVRO fingerprint of the
 * writer's schema with its lowest byte first, then the record. Source: the Avro specification,
 * "Single-object encoding".
 */
public final class SingleObject {
  /** How many bytes stand before the record. */
  public static final int HEADER_BYTES = 10;

  /**
   * The most bytes that a value may have: what a Kafka broker takes unless it is told otherwise
   * ({@code message.max.bytes}, 1 MiB and the overhead of a batch).
   */
  public static final int MOST_BYTES = 1 << 20;

  static final byte MARKER = (byte) 0xC3;
  static final byte VERSION = 1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private SingleObject() {}

  /** True where the bytes begin as this encoding does. */
  public static boolean startsIn(byte[] bytes) {
    return bytes.length >= HEADER_BYTES && bytes[0] == MARKER && bytes[1] == VERSION;
  }

  /**
   * The fingerprint of the writer's schema.
   *
   * @throws IndexOutOfBoundsException unless {@link #startsIn} the bytes
   */
  public static long fingerprint(byte[] bytes) {
    return (long) LONG.get(bytes, 2);
  }

  /** The header of values with that fingerprint. */
  static byte[] header(long fingerprint) {
    byte[] header = new byte[HEADER_BYTES];
    header[0] = MARKER;
    header[1] = VERSION;
    LONG.set(header, 2, fingerprint);
    return header;
  }
}

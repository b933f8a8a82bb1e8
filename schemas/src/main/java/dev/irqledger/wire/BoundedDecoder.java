package dev.irqledger.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary encoding from an array, and trusts no number in it: a length or an item count
 * that exceeds the bytes left is refused before anything is allocated for it, so that what decoding
 * takes is bounded by the size of what is decoded. Every item of a collection takes a byte or more
 * in all schemas of this project.
 *
 * <p>Avro's own decoder is bounded by system properties only, which a library cannot set for the
 * program that it is part of. Throws {@link MalformedBytes} alone.
 */
final class BoundedDecoder extends Decoder {
  private byte[] bytes = new byte[0];
  private int position;

  /** Starts anew, at that offset of the array. */
  BoundedDecoder at(byte[] newBytes, int offset) {
    bytes = newBytes;
    position = offset;
    return this;
  }

  @Override
  public int remainingBytes() {
    return bytes.length - position;
  }

  /** Passes over that many bytes and says where they begin. */
  private int take(long length, String what) {
    within(length, what);
    int start = position;
    position += (int) length;
    return start;
  }

  private int within(long length, String what) {
    if (length < 0 || length > remainingBytes()) {
      throw new MalformedBytes(
          what + " of length " + length + " where " + remainingBytes() + " bytes are left");
    }
    return (int) length;
  }

  private byte next() {
    if (position >= bytes.length) {
      throw new MalformedBytes("the bytes end too early");
    }
    return bytes[position++];
  }

  @Override
  public long readLong() {
    long raw = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = next();
      raw |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
    throw new MalformedBytes("a number of more than ten bytes");
  }

  @Override
  public int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw new MalformedBytes("not a 32-bit number: " + value);
    }
    return (int) value;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() {
    byte b = next();
    if (b != 0 && b != 1) {
      throw new MalformedBytes("neither true nor false: " + b);
    }
    return b == 1;
  }

  @Override
  public float readFloat() {
    return ByteBuffer.wrap(bytes, take(Float.BYTES, "a float"), Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getFloat();
  }

  @Override
  public double readDouble() {
    return ByteBuffer.wrap(bytes, take(Double.BYTES, "a double"), Double.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getDouble();
  }

  @Override
  public String readString() {
    int length = within(readLong(), "a text");
    return new String(bytes, take(length, "a text"), length, StandardCharsets.UTF_8);
  }

  @Override
  public Utf8 readString(Utf8 old) {
    int length = within(readLong(), "a text");
    Utf8 text = old == null ? new Utf8() : old;
    text.setByteLength(length);
    System.arraycopy(bytes, take(length, "a text"), text.getBytes(), 0, length);
    return text;
  }

  @Override
  public void skipString() {
    take(readLong(), "a text");
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) {
    int length = within(readLong(), "bytes");
    ByteBuffer copy = ByteBuffer.allocate(length);
    return copy.put(bytes, take(length, "bytes"), length).flip();
  }

  @Override
  public void skipBytes() {
    take(readLong(), "bytes");
  }

  @Override
  public void readFixed(byte[] target, int start, int length) {
    System.arraycopy(bytes, take(length, "fixed bytes"), target, start, length);
  }

  @Override
  public void skipFixed(int length) {
    take(length, "fixed bytes");
  }

  @Override
  public int readEnum() {
    return readInt();
  }

  @Override
  public int readIndex() {
    return readInt();
  }

  @Override
  public long readArrayStart() {
    return blockOfItems();
  }

  @Override
  public long arrayNext() {
    return blockOfItems();
  }

  @Override
  public long skipArray() {
    return skipBlocks();
  }

  @Override
  public long readMapStart() {
    return blockOfItems();
  }

  @Override
  public long mapNext() {
    return blockOfItems();
  }

  @Override
  public long skipMap() {
    return skipBlocks();
  }

  /** A negative count is followed by the block's size in bytes: the specification's other form. */
  private long blockOfItems() {
    long count = readLong();
    if (count < 0) {
      count = -count;
      readLong();
    }
    return within(count, "a list");
  }

  /** Blocks that tell their size are passed over; the count of the first that does not is given. */
  private long skipBlocks() {
    while (true) {
      long count = readLong();
      if (count >= 0) {
        return within(count, "a list");
      }
      take(readLong(), "a block of items");
    }
  }
}

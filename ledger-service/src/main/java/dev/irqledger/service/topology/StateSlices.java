package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.service.pressure.UnknownFormException;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.EncodedVectors;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * How a device's state lies in its store: a head with all but the vectors, and a slice for each
 * page of vectors, so that what an event costs goes by the vectors that it touches and not by those
 * that the device has.
 *
 * <p>A head has the key host/BDF, a slice host/BDF/PP with the page's number in hexadecimal, so
 * that all of a device lies together. A slice is a record of {@code irq.device-state} that has
 * nothing but its vectors; a head is one too, after {@link #VERSION} and a checksum over all
 * vectors: a reader beside the writer knows by it whether its slices belong together. One thread at
 * a time may use it.
 */
final class StateSlices {
  /** How a head begins. */
  private static final byte VERSION = 1;

  private static final int PREFIX_BYTES = 1 + Long.BYTES;
  private static final HexFormat HEX = HexFormat.of();

  private final DeviceStateCodec records;

  StateSlices(SchemaCatalog schemas) {
    this.records = new DeviceStateCodec(schemas);
  }

  /** A head as it was kept: the state has no vectors yet. */
  record Head(FoldedState state, long checksum) {}

  static String headKey(DeviceKey device) {
    return device.toString();
  }

  /** What the keys of all slices of a device begin with, that of the head apart. */
  static String slicePrefix(DeviceKey device) {
    return headKey(device) + '/';
  }

  static String sliceKey(DeviceKey device, int page) {
    return slicePrefix(device) + HEX.toHexDigits((byte) page);
  }

  static boolean isHead(String key) {
    return key.indexOf('/') == key.lastIndexOf('/');
  }

  /**
   * @throws IllegalArgumentException if it takes more than a record can
   */
  byte[] head(FoldedState folded, long checksum) {
    byte[] rest = records.encode(folded, EncodedVectors.NONE);
    return ByteBuffer.allocate(PREFIX_BYTES + rest.length)
        .put(VERSION)
        .putLong(checksum)
        .put(rest)
        .array();
  }

  /** The slice of a page that holds something. */
  byte[] slice(DeviceKey device, EncodedVectors page) {
    return records.encode(new FoldedState(DeviceState.unseen(device), LogPosition.START), page);
  }

  /**
   * @throws UnknownFormException if another version of this program has written it
   * @throws IllegalStateException if the store is damaged
   */
  Head head(byte[] kept) {
    ByteBuffer in = ByteBuffer.wrap(kept);
    if (kept.length < PREFIX_BYTES) {
      throw new IllegalStateException("a kept state cannot be read: it is too short");
    }
    byte version = in.get();
    if (version != VERSION) {
      throw new UnknownFormException(
          "the state of a device", Integer.toString(Byte.toUnsignedInt(version)), VERSION);
    }
    long checksum = in.getLong();
    byte[] record = new byte[in.remaining()];
    in.get(record);
    return new Head(record(record), checksum);
  }

  /**
   * The vectors of a slice, and nothing else.
   *
   * @throws IllegalStateException if the store is damaged
   */
  VectorMap vectors(byte[] kept) {
    return record(kept).state().interrupts().vectors();
  }

  private FoldedState record(byte[] bytes) {
    return switch (records.decode(bytes)) {
      case Value<FoldedState>(FoldedState state) -> state;
      case Undecodable<FoldedState>(String reason) ->
          throw new IllegalStateException("a kept state cannot be read: " + reason);
    };
  }

  /** The checksum of a device's vectors. That of a change is the difference of those before it. */
  static long checksum(VectorMap vectors) {
    return checksum(0, VectorMap.EMPTY, vectors);
  }

  /** The checksum after a change, from that before it. */
  static long checksum(long before, VectorMap from, VectorMap to) {
    long[] sum = {before};
    from.forEachDifference(
        to,
        (vector, was, is) -> {
          sum[0] ^= was == null ? 0 : mixed(vector, was);
          sum[0] ^= is == null ? 0 : mixed(vector, is);
        });
    return sum[0];
  }

  private static long mixed(int vector, VectorState state) {
    long mixed = mixed(vector + 1L);
    mixed = mixed(mixed ^ state.irq());
    mixed = mixed(mixed ^ state.trigger());
    mixed = mixed(mixed ^ state.sinceMicros());
    int phase =
        switch (state.phase()) {
          case FREE -> 0;
          case RESERVED -> 1;
          case ARMED -> 2;
          case CACHED -> 3;
        };
    return mixed(mixed ^ (phase << 1 | (state.dynamic() ? 1 : 0)));
  }

  /** The last step of SplitMix64: each bit of the result depends on each bit of the input. */
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

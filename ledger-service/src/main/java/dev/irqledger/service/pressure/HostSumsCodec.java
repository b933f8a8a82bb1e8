package dev.irqledger.service.pressure;

import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SingleObject;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.Pool;
import dev.irqledger.wire.avro.PoolKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sums in a short form of their own: an event costs one of them. Those of the first version,
 * which kept the record that is published, are read too. One thread at a time may use it.
 */
public final class HostSumsCodec {
  /** How the form begins; the record began with 0xC3, as Avro's single-object encoding does. */
  private static final byte VERSION = 2;

  private final WireCodec<HostPressure> records;

  public HostSumsCodec(SchemaCatalog catalog) {
    this.records = new WireCodec<>(HostPressure.class, catalog);
  }

  /** The form in which they are kept: version, levels, position. */
  public byte[] encode(HostSums sums) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(sums.cpuVectors(), out);
      out.writeInt(sums.remapping().size());
      for (Map.Entry<String, Level> unit : sums.remapping().entrySet()) {
        out.writeUTF(unit.getKey());
        write(unit.getValue(), out);
      }
      out.writeInt(sums.position().partition());
      out.writeLong(sums.position().offset());
      out.writeLong(sums.position().logTimeMs());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Level level, DataOutputStream out) throws IOException {
    out.writeInt(level.held().armed());
    out.writeInt(level.held().cached());
    out.writeInt(level.held().reserved());
    out.writeInt(level.highWater());
    out.writeLong(level.highWaterAtMs());
  }

  /**
   * The sums that were encoded.
   *
   * @throws UnknownFormException if a later version of this program wrote them
   * @throws IllegalStateException if the bytes are no such sums: the store is damaged
   */
  public HostSums decode(byte[] bytes) {
    if (SingleObject.startsIn(bytes)) {
      return switch (records.decode(bytes)) {
        case Decoded.Value<HostPressure>(HostPressure kept) -> sums(kept);
        case Decoded.Undecodable<HostPressure>(String reason) -> throw damaged(reason, null);
      };
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte version = in.readByte();
      if (version != VERSION) {
        throw new UnknownFormException("the sums of a host", Byte.toString(version), VERSION);
      }
      return read(in);
    } catch (IOException e) {
      throw damaged("it is too short", e);
    }
  }

  private static IllegalStateException damaged(String reason, @Nullable IOException cause) {
    return new IllegalStateException("kept sums of a host cannot be read: " + reason, cause);
  }

  private static HostSums read(DataInputStream in) throws IOException {
    Level cpuVectors = level(in);
    TreeMap<String, Level> remapping = new TreeMap<>();
    for (int units = in.readInt(); units > 0; units--) {
      remapping.put(in.readUTF(), level(in));
    }
    return new HostSums(
        cpuVectors, remapping, new LogPosition(in.readInt(), in.readLong(), in.readLong()));
  }

  private static Level level(DataInputStream in) throws IOException {
    VectorCounts held = new VectorCounts(in.readInt(), in.readInt(), in.readInt());
    return new Level(held, in.readInt(), in.readLong());
  }

  private static HostSums sums(HostPressure kept) {
    Level cpuVectors = Level.EMPTY;
    TreeMap<String, Level> remapping = new TreeMap<>();
    for (Pool pool : kept.getPools()) {
      Level level =
          new Level(
              new VectorCounts(pool.getArmed(), pool.getCached(), pool.getReserved()),
              pool.getHighWater(),
              pool.getHighWaterAt().toEpochMilli());
      if (pool.getKind() == PoolKind.CPU_VECTORS) {
        cpuVectors = level;
      } else {
        remapping.put(HostSums.unit(pool.getUnit()), level);
      }
    }
    LogPosition position =
        new LogPosition(kept.getPartition(), kept.getOffset(), kept.getLogTime().toEpochMilli());
    return new HostSums(cpuVectors, remapping, position);
  }
}

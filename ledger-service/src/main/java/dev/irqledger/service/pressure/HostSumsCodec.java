package dev.irqledger.service.pressure;

import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.Pool;
import dev.irqledger.wire.avro.PoolKind;
import java.util.TreeMap;

/**
 * Keeps sums as the record that is published of them, without holders and capacities: what older
 * versions kept stays readable by the rules that hold for the wire. One thread at a time may use
 * it.
 */
public final class HostSumsCodec {
  private final WireCodec<HostPressure> records;

  public HostSumsCodec(SchemaCatalog catalog) {
    this.records = new WireCodec<>(HostPressure.class, catalog);
  }

  public byte[] encode(String host, HostSums sums) {
    return records.encode(
        PressureReport.of(host, sums, Capacity.UNKNOWN, ArmedIdle.UNKNOWN, new BiggestHolders()));
  }

  /**
   * The sums that were encoded.
   *
   * @throws IllegalStateException if the bytes are no such record: the store is damaged
   */
  public HostSums decode(byte[] bytes) {
    return switch (records.decode(bytes)) {
      case Decoded.Value<HostPressure>(HostPressure kept) -> sums(kept);
      case Decoded.Undecodable<HostPressure>(String reason) ->
          throw new IllegalStateException("kept sums of a host cannot be read: " + reason);
    };
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

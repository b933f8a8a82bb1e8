package dev.irqledger.service.pressure;

import dev.irqledger.core.policy.Share;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.wire.avro.Holder;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.Pool;
import dev.irqledger.wire.avro.PoolKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the records of {@code irq.host-pressure}. */
public final class PressureReport {
  private PressureReport() {}

  /**
   * The pressure on a host.
   *
   * @param sums what its devices hold
   * @param capacity how large its pools are
   * @param idle what of its armed vectors does not fire
   * @param holders all that hold something
   */
  public static HostPressure of(
      String host, HostSums sums, Capacity capacity, ArmedIdle idle, BiggestHolders holders) {
    List<Pool> pools = new ArrayList<>();
    pools.add(
        pool(
            PoolKind.CPU_VECTORS,
            null,
            sums.cpuVectors(),
            capacity.irqsOfHost(),
            capacity.cpuVectors()));
    TreeSet<String> units = new TreeSet<>(sums.remapping().keySet());
    units.addAll(capacity.remapping().keySet());
    for (String unit : units) {
      pools.add(
          pool(
              PoolKind.REMAPPING_ENTRIES,
              unit.equals(HostSums.UNKNOWN_UNIT) ? null : unit,
              sums.remapping().getOrDefault(unit, Level.EMPTY),
              null,
              capacity.remapping().get(unit)));
    }
    // Not by Avro's builder: that looks every field up in the schema, for each event.
    return new HostPressure(
        host,
        pools,
        holders.pick().stream().map(PressureReport::holder).toList(),
        sums.position().partition(),
        sums.position().offset(),
        Instant.ofEpochMilli(sums.position().logTimeMs()),
        holders.longestUnarmed(),
        idle.total(),
        idle.longest());
  }

  private static Holder holder(Share share) {
    VectorCounts held = share.held();
    return new Holder(share.device(), share.vm(), held.armed(), held.cached(), held.reserved());
  }

  private static Pool pool(
      PoolKind kind,
      @Nullable String unit,
      Level level,
      @Nullable Integer usedByHost,
      @Nullable Integer capacity) {
    VectorCounts held = level.held();
    return new Pool(
        kind,
        unit,
        held.armed(),
        held.cached(),
        held.reserved(),
        usedByHost,
        capacity,
        level.highWater(),
        Instant.ofEpochMilli(level.highWaterAtMs()));
  }
}

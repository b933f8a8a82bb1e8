package dev.irqledger.web;

import dev.irqledger.wire.avro.Pool;
import dev.irqledger.wire.avro.PoolKind;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How large a host's pools are; null where that is not known.
 *
 * @param cpuVectors how many CPU vectors there are
 * @param cpuVectorsOfHost how many of them the host's own drivers hold
 * @param remappingEntries how many interrupt-remapping entries there are, in all units together
 */
public record HostSizes(
    @Nullable Integer cpuVectors,
    @Nullable Integer cpuVectorsOfHost,
    @Nullable Integer remappingEntries) {
  public static final HostSizes UNKNOWN = new HostSizes(null, null, null);

  /** As a host's pressure tells them. */
  static HostSizes of(Pressure pressure) {
    return new HostSizes(
        sum(pressure, PoolKind.CPU_VECTORS, Pool::getCapacity),
        sum(pressure, PoolKind.CPU_VECTORS, Pool::getUsedByHost),
        sum(pressure, PoolKind.REMAPPING_ENTRIES, Pool::getCapacity));
  }

  private static @Nullable Integer sum(
      Pressure pressure, PoolKind kind, Function<Pool, @Nullable Integer> number) {
    List<Pool> pools =
        pressure.report().getPools().stream().filter(pool -> pool.getKind() == kind).toList();
    int sum = 0;
    for (Pool pool : pools) {
      Integer known = number.apply(pool);
      if (known == null) {
        return null;
      }
      sum += known;
    }
    return pools.isEmpty() ? null : Integer.valueOf(sum);
  }
}

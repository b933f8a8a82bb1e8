package dev.irqledger.core.policy;

import dev.irqledger.core.state.VectorCounts;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How full one pool of a host is.
 *
 * @param unit the IOMMU whose remapping entries they are; null for CPU vectors and where not known
 * @param held the vectors of passthrough devices that draw on it
 * @param usedByHost what the host's own drivers hold of it, from 0; null where not known
 * @param capacity how large it is, from 0; null where not known
 */
public record PoolLevel(
    Pool pool,
    @Nullable String unit,
    VectorCounts held,
    @Nullable Integer usedByHost,
    @Nullable Integer capacity) {
  /** What is in use, as far as anybody knows. */
  public int used() {
    return pool.share(held) + (usedByHost == null ? 0 : usedByHost);
  }

  /** True where at least that percentage is in use; false where its size is not known. */
  public boolean filledTo(int percent) {
    return capacity != null && 100L * used() >= (long) percent * capacity;
  }

  /** Such as {@code interrupt-remapping entries of dmar0}. */
  public String words() {
    return pool.words() + (unit == null ? "" : " of " + unit);
  }

  void note(SortedMap<String, String> evidence) {
    evidence.put("pool", pool.name());
    evidence.put("unit", unit == null ? "" : unit);
    evidence.put("armed", Integer.toString(held.armed()));
    evidence.put("cached", Integer.toString(held.cached()));
    evidence.put("reserved", Integer.toString(held.reserved()));
    evidence.put("usedByHost", usedByHost == null ? "unknown" : usedByHost.toString());
    evidence.put("capacity", capacity == null ? "unknown" : capacity.toString());
  }
}

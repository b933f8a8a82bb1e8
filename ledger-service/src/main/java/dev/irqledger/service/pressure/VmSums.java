package dev.irqledger.service.pressure;

import dev.irqledger.core.state.VectorCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all devices of each virtual machine hold together. Kept up by differences; made of the
 * devices' holdings, and so not kept itself. Confined to one task.
 */
public final class VmSums {
  private final Map<String, Map<String, VectorCounts>> byHost = new HashMap<>();

  /** A device of the host holds {@code after} instead of {@code before}. */
  public void moved(String host, Holding before, Holding after) {
    add(host, before.vm(), VectorCounts.ZERO.minus(before.counts()));
    add(host, after.vm(), after.counts());
  }

  /** By the virtual machine's name; those that hold nothing are left out. */
  public Map<String, VectorCounts> of(String host) {
    return Map.copyOf(byHost.getOrDefault(host, Map.of()));
  }

  public VectorCounts of(String host, String vm) {
    return byHost.getOrDefault(host, Map.of()).getOrDefault(vm, VectorCounts.ZERO);
  }

  public void clear() {
    byHost.clear();
  }

  private void add(String host, @Nullable String vm, VectorCounts counts) {
    if (vm != null && !counts.equals(VectorCounts.ZERO)) {
      Map<String, VectorCounts> sums = byHost.computeIfAbsent(host, _ -> new TreeMap<>());
      VectorCounts sum = sums.getOrDefault(vm, VectorCounts.ZERO).plus(counts);
      if (sum.equals(VectorCounts.ZERO)) {
        sums.remove(vm);
      } else {
        sums.put(vm, sum);
      }
    }
  }
}

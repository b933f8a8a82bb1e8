package dev.irqledger.web.chronicle;

import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.state.VectorCounts;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What hosts hold of their pools, the most that they held, and how large the pools are as the log
 * tells: when a call finds one empty, it is as large as what is in use at that moment, and it has
 * grown where more is in use later.
 */
final class HostPools {
  private final Map<String, Held> hosts = new HashMap<>();

  private static final class Held {
    private final Map<Pool, PoolLevel> levels = new EnumMap<>(Pool.class);
    private VectorCounts counts = VectorCounts.ZERO;
  }

  /**
   * A host's devices hold more, or less, by that.
   *
   * @param empty whether a call found that pool empty just now
   */
  void move(String host, VectorCounts by, long time, Predicate<Pool> empty) {
    Held held = hosts.computeIfAbsent(host, _ -> new Held());
    held.counts = held.counts.plus(by);
    for (Pool pool : Pool.values()) {
      PoolLevel level = held.levels.getOrDefault(pool, PoolLevel.NONE);
      held.levels.put(pool, level.at(pool.share(held.counts), time, empty.test(pool)));
    }
  }

  PoolLevel level(String host, Pool pool) {
    Held held = hosts.get(host);
    return held == null ? PoolLevel.NONE : held.levels.getOrDefault(pool, PoolLevel.NONE);
  }
}

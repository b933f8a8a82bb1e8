package dev.irqledger.service.topology;

import dev.irqledger.core.policy.Standing;
import dev.irqledger.service.pressure.StandingText;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which breaches of policies last, by holder. All of them are in memory too: they are few, and to
 * learn that a holder breaks nothing must not cost a look into the store. Confined to one task.
 */
final class Standings {
  private final KeyValueStore<String, byte[]> store;
  private final Map<String, Standing> open = new HashMap<>();

  Standings(KeyValueStore<String, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(one -> open.put(one.key, StandingText.parse(one.value)));
    }
  }

  /** Whether no breach lasts at all, as on most days. */
  boolean none() {
    return open.isEmpty();
  }

  /**
   * @param holder names it, with its host in front
   */
  Standing of(String holder) {
    return open.getOrDefault(holder, Standing.CLEAN);
  }

  void put(String holder, Standing standing) {
    if (standing.equals(of(holder))) {
      return;
    }
    if (standing.clean()) {
      open.remove(holder);
      store.delete(holder);
    } else {
      open.put(holder, standing);
      store.put(holder, StandingText.format(standing));
    }
  }
}

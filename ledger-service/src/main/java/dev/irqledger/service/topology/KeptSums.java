package dev.irqledger.service.topology;

import dev.irqledger.service.pressure.HostSums;
import dev.irqledger.service.pressure.HostSumsCodec;
import dev.irqledger.wire.SchemaCatalog;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a task's hosts, which are few: all that were asked for are in memory, and what
 * changed is written when {@link #write} is called. Confined to one task.
 */
final class KeptSums {
  private final KeyValueStore<String, byte[]> store;
  private final HostSumsCodec codec;
  private final Map<String, HostSums> inMemory = new HashMap<>();

  /** What the store does not have yet. */
  private final Map<String, HostSums> unwritten = new LinkedHashMap<>();

  private final Set<String> hosts = new LinkedHashSet<>();

  KeptSums(SchemaCatalog schemas, KeyValueStore<String, byte[]> store) {
    this.store = store;
    this.codec = new HostSumsCodec(schemas);
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(host -> hosts.add(host.key));
    }
  }

  /** All hosts with a sum. */
  Set<String> hosts() {
    return Collections.unmodifiableSet(hosts);
  }

  /** Null where no event of the host was folded yet. */
  @Nullable HostSums of(String host) {
    HostSums known = inMemory.get(host);
    if (known != null) {
      return known;
    }
    byte[] kept = store.get(host);
    if (kept == null) {
      return null;
    }
    HostSums read = codec.decode(kept);
    inMemory.put(host, read);
    return read;
  }

  void put(String host, HostSums sums) {
    if (inMemory.put(host, sums) == null) {
      hosts.add(host);
    }
    unwritten.put(host, sums);
  }

  /** Brings the store up to date. */
  void write() {
    unwritten.forEach((host, sums) -> store.put(host, codec.encode(sums)));
    unwritten.clear();
  }
}

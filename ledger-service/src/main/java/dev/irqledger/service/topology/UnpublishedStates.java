package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The devices whose states changed since they were published. They outlive the task: what was
 * folded before a crash and not yet published is published after it. Confined to one task.
 */
final class UnpublishedStates {
  private static final byte[] MARK = {};

  private final KeyValueStore<String, byte[]> store;
  private final Set<DeviceKey> devices = new LinkedHashSet<>();

  UnpublishedStates(KeyValueStore<String, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<String, byte[]> marked = store.all()) {
      marked.forEachRemaining(mark -> devices.add(DeviceKey.parse(mark.key)));
    }
  }

  void add(DeviceKey device) {
    if (devices.add(device)) {
      store.put(device.toString(), MARK);
    }
  }

  /** Those that were added, in that order; they count as published now. */
  List<DeviceKey> takeAll() {
    List<DeviceKey> all = new ArrayList<>(devices);
    all.forEach(device -> store.delete(device.toString()));
    devices.clear();
    return all;
  }
}

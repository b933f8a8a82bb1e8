package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The devices whose states changed since they were published. They outlive the task, once they are
 * written: what was folded before a crash and not yet published is published after it. Confined to
 * one task.
 */
final class UnpublishedStates {
  private static final byte[] MARK = {};

  private final KeyValueStore<String, byte[]> store;
  private final Set<DeviceKey> devices = new LinkedHashSet<>();

  /** Those that the store has. */
  private final Set<DeviceKey> written = new LinkedHashSet<>();

  UnpublishedStates(KeyValueStore<String, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<String, byte[]> marked = store.all()) {
      marked.forEachRemaining(mark -> written.add(DeviceKey.parse(mark.key)));
    }
    devices.addAll(written);
  }

  void add(DeviceKey device) {
    devices.add(device);
  }

  /** Those that were added, in that order; they count as published now. */
  List<DeviceKey> takeAll() {
    List<DeviceKey> all = List.copyOf(devices);
    devices.clear();
    return all;
  }

  /** Brings the store up to date. */
  void write() {
    written.removeIf(device -> {
      boolean published = !devices.contains(device);
      if (published) {
        store.put(device.toString(), null);
      }
      return published;
    });
    for (DeviceKey device : devices) {
      if (written.add(device)) {
        store.put(device.toString(), MARK);
      }
    }
  }
}

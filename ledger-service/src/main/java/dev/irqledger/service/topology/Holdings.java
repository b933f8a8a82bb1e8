package dev.irqledger.service.topology;

import dev.irqledger.core.state.DeviceState;
import dev.irqledger.service.pressure.BiggestHolders;
import dev.irqledger.service.pressure.Holding;
import dev.irqledger.wire.avro.Holder;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What each device holds, in a few bytes by host/BDF: all of a host's devices are found together
 * without reading their states.
 */
final class Holdings {
  private final KeyValueStore<String, byte[]> store;

  Holdings(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /**
   * Takes note of a device's state.
   *
   * @param vm who uses it now; null where the event does not tell
   * @return whether it was another before
   */
  boolean moved(DeviceState after, @Nullable String vm) {
    String key = after.key().toString();
    Holding before = Holding.of(store.get(key));
    Holding now = before.after(after.counts(), vm);
    if (now.equals(before)) {
      return false;
    }
    store.put(key, now.toBytes());
    return true;
  }

  List<Holder> biggest(String host) {
    BiggestHolders biggest = new BiggestHolders();
    String prefix = host + '/'; // a host's name has no slash: no other one begins like this
    try (KeyValueIterator<String, byte[]> devices =
        store.prefixScan(prefix, new StringSerializer())) {
      while (devices.hasNext()) {
        KeyValue<String, byte[]> device = devices.next();
        biggest.offer(device.key.substring(prefix.length()), Holding.of(device.value));
      }
    }
    return biggest.pick();
  }
}

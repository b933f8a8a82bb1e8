package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.policy.Share;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.service.pressure.BiggestHolders;
import dev.irqledger.service.pressure.Holding;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What each device holds, in a few bytes by host/BDF: all of a host's devices are found together
 * without reading their states.
 */
final class Holdings {
  /** Of some hundred bytes each. */
  private static final int MOST_IN_MEMORY = 50_000;

  private final KeyValueStore<String, byte[]> store;

  private final DeviceMemory<Holding> holdings =
      new DeviceMemory<>(MOST_IN_MEMORY, _ -> 1, this::read, this::written);

  /** What a device held before an event, and after it. */
  record Step(Holding before, Holding after) {
    boolean changed() {
      return !after.equals(before);
    }
  }

  Holdings(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** Takes note of a device's state after an event. */
  Step moved(HostInput.DeviceMoved moved) {
    DeviceState after = moved.after();
    Holding before = of(after.key());
    boolean byAgent = byAgent(moved, before.byAgent());
    long hostTimeMicros = after.head().hostTimeMicros();
    Step step = new Step(before, before.after(after.counts(), moved.vm(), hostTimeMicros, byAgent));
    if (step.changed()) {
      holdings.put(after.key(), step.after());
    }
    return step;
  }

  /** Whether the agent holds the device: who opened it, or made a call on it, holds it. */
  private static boolean byAgent(HostInput.DeviceMoved moved, boolean before) {
    if (moved.after().head().equals(moved.before().head())) {
      return before; // the event was not taken into account
    }
    return switch (moved.event().body()) {
      case DeviceOpened _, InterruptsSet _, DeviceReset _ ->
          moved.event().source() == Source.AGENT_CALL;
      case DeviceReleased _ -> false;
      case StateObserved _, CommandRefused _ -> before;
    };
  }

  /** What a device holds; {@link Holding#NONE} where nothing was folded of it. */
  Holding of(DeviceKey device) {
    return holdings.get(device);
  }

  private Holding read(DeviceKey device) {
    return Holding.of(store.get(device.toString()));
  }

  private Holding written(DeviceKey device, Holding holding) {
    store.put(device.toString(), holding.toBytes());
    return holding;
  }

  /** Brings the store up to date. */
  void write() {
    holdings.write();
  }

  /** Those that hold most among a host's devices, the biggest first. */
  List<Share> biggest(String host, BiPredicate<String, Holding> which) {
    return holders(host, which).pick();
  }

  /** All of a host's devices, to pick from. */
  BiggestHolders holders(String host) {
    return holders(host, (_, _) -> true);
  }

  private BiggestHolders holders(String host, BiPredicate<String, Holding> which) {
    BiggestHolders biggest = new BiggestHolders();
    int prefix = host.length() + 1;
    forEachOf(
        host,
        (key, holding) -> {
          String device = key.substring(prefix);
          if (which.test(device, holding)) {
            biggest.offer(device, holding);
          }
        });
    return biggest;
  }

  /** All devices of a host, each by its key. */
  void forEachOf(String host, BiConsumer<String, Holding> work) {
    write();
    // a host's name has no slash: no other one begins like this
    try (KeyValueIterator<String, byte[]> devices =
        store.prefixScan(host + '/', new StringSerializer())) {
      forEach(devices, work);
    }
  }

  /** All devices of all hosts, each by its key. */
  void forEach(BiConsumer<String, Holding> work) {
    write();
    try (KeyValueIterator<String, byte[]> devices = store.all()) {
      forEach(devices, work);
    }
  }

  private static void forEach(
      KeyValueIterator<String, byte[]> devices, BiConsumer<String, Holding> work) {
    while (devices.hasNext()) {
      KeyValue<String, byte[]> device = devices.next();
      work.accept(device.key, Holding.of(device.value));
    }
  }
}

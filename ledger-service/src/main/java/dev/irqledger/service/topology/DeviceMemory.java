package dev.irqledger.service.topology;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.irqledger.core.device.DeviceKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A value for each device, in front of a store: those used last are in memory, and those that
 * changed stay there until they are written. Confined to one task.
 */
final class DeviceMemory<V> {
  /** So many values wait to be written; more are written before their time. */
  private static final int MOST_UNWRITTEN = 10_000;

  private final Function<DeviceKey, V> reader;
  private final BiFunction<DeviceKey, V, V> writer;
  private final Cache<DeviceKey, Place<V>> used;
  private final Map<DeviceKey, Place<V>> unwritten = new LinkedHashMap<>();

  /** An event is read, judged and kept one after the other: the same device is asked for. */
  private @Nullable Place<V> last;

  /** Where a device's value is. */
  private static final class Place<V> {
    private final DeviceKey device;
    private V value;
    private boolean written = true;

    Place(DeviceKey device, V value) {
      this.device = device;
      this.value = value;
    }
  }

  /**
   * @param mostWeight how much those may weigh together that are kept for having been used
   * @param weight of a value, when it was read or written
   * @param reader a device's value, as it is in the store
   * @param writer puts a device's value into the store, and gives what is kept in its place
   */
  DeviceMemory(
      long mostWeight,
      ToIntFunction<V> weight,
      Function<DeviceKey, V> reader,
      BiFunction<DeviceKey, V, V> writer) {
    this.reader = reader;
    this.writer = writer;
    this.used =
        Caffeine.newBuilder()
            .maximumWeight(mostWeight)
            .weigher((DeviceKey _, Place<V> place) -> weight.applyAsInt(place.value))
            .executor(Runnable::run) // a task is one thread
            .build();
  }

  V get(DeviceKey device) {
    return place(device).value;
  }

  /** In the place of what was there; the store has it after the next {@link #write}. */
  void put(DeviceKey device, V value) {
    Place<V> place = place(device);
    place.value = value;
    if (place.written) {
      place.written = false;
      unwritten.put(place.device, place);
      if (unwritten.size() > MOST_UNWRITTEN) {
        write();
      }
    }
  }

  /** In the place of another one that goes into the store as the same. */
  void replace(DeviceKey device, V value) {
    place(device).value = value;
  }

  private Place<V> place(DeviceKey device) {
    Place<V> place = last;
    if (place == null || !place.device.equals(device)) {
      place = unwritten.get(device); // those used last may have been too many to be kept
      if (place == null) {
        place = used.get(device, key -> new Place<>(key, reader.apply(key)));
      }
      last = place;
    }
    return place;
  }

  /** Brings the store up to date. */
  void write() {
    unwritten.forEach((device, place) -> {
      place.value = writer.apply(device, place.value);
      place.written = true;
      used.put(device, place);
    });
    unwritten.clear();
  }
}

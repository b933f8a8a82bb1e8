package dev.irqledger.service.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What was put last is there, whatever was pushed out of memory meanwhile. */
final class DeviceMemoryProperties {
  private final Map<DeviceKey, Integer> store = new HashMap<>();
  private int writes;

  private DeviceMemory<Integer> memory(int most) {
    return new DeviceMemory<>(
        most,
        _ -> 1,
        device -> store.getOrDefault(device, 0),
        (device, value) -> {
          writes++;
          store.put(device, value);
          return value;
        });
  }

  private static List<DeviceKey> devices(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new DeviceKey("hv-1", new Bdf("%04x:00:00.0".formatted(i))))
        .toList();
  }

  @Property(tries = 200)
  void it_is_a_map_whose_store_is_as_of_the_last_write(@ForAll long seed) {
    store.clear();
    Random random = new Random(seed);
    List<DeviceKey> devices = devices(1 + random.nextInt(12));
    Map<DeviceKey, Integer> expected = new HashMap<>();
    Map<DeviceKey, Integer> written = new HashMap<>();
    DeviceMemory<Integer> memory = memory(random.nextInt(6));
    for (int step = 1; step <= 200; step++) {
      DeviceKey device = devices.get(random.nextInt(devices.size()));
      switch (random.nextInt(10)) {
        case 0 -> {
          memory.write();
          written = new HashMap<>(expected);
        }
        case 1, 2, 3 -> assertEquals(expected.getOrDefault(device, 0), memory.get(device));
        default -> {
          memory.put(device, step);
          expected.put(device, step);
        }
      }
      assertEquals(written, store);
    }
    for (DeviceKey device : devices) {
      assertEquals(expected.getOrDefault(device, 0), memory.get(device));
    }
  }

  @Example
  void what_did_not_change_is_not_written_again() {
    DeviceMemory<Integer> memory = memory(10);
    DeviceKey device = devices(1).getFirst();
    for (int value = 1; value <= 5; value++) {
      memory.put(device, value);
    }
    memory.write();
    memory.write();
    assertEquals(1, writes);
    memory.put(device, 6);
    memory.write();
    assertEquals(2, writes);
    assertEquals(Map.of(device, 6), store);
  }

  @Example
  void more_than_memory_should_hold_are_written_before_their_time() {
    DeviceMemory<Integer> memory = memory(10);
    List<DeviceKey> devices = devices(30_000);
    devices.forEach(device -> memory.put(device, 1));
    assertTrue(writes >= 20_000, () -> writes + " were written");
    memory.write();
    assertEquals(devices.size(), store.size());
  }
}

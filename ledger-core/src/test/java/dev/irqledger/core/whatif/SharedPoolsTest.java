package dev.irqledger.core.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Witness;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.CallText;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.ReleasePolicy.FreeOnClear;
import dev.irqledger.core.rule.ReleasePolicy.LruCap;
import dev.irqledger.core.rule.TestDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one device's cache does to another: two devices on a host with 4 entries. */
class SharedPoolsTest {
  private static final PoolSizes FOUR_ENTRIES = new PoolSizes(100, 4);

  private final SharedHost host = new SharedHost(FOUR_ENTRIES, Witness.LOOKING, 2);
  private final List<InterruptEvent> events = new ArrayList<>();

  SharedPoolsTest() {
    for (int device = 0; device < 2; device++) {
      events.add(host.make(device, TestDevice.opening(KernelGeneration.DYNAMIC, 8)));
    }
  }

  private void make(int device, String calls) {
    CallText.parseAll(calls).forEach(call -> events.add(host.make(device, call)));
  }

  private Step last(ReleasePolicy policy, PoolSizes sizes, Map<Integer, Integer> copies) {
    List<Step> steps = new ArrayList<>();
    Map<DeviceKey, Integer> keys = new HashMap<>();
    copies.forEach((device, count) -> keys.put(SharedHost.key(device), count));
    new History(FOUR_ENTRIES, events)
        .again(new HostModel(policy, sizes, keys), (_, _, step, _) -> steps.add(step));
    return steps.getLast();
  }

  private Step last(ReleasePolicy policy) {
    return last(policy, PoolSizes.UNKNOWN, Map.of());
  }

  @Test
  void the_entries_of_a_cache_would_have_been_enough_for_another_device() {
    make(0, "msix 0 5; msix 1 5; msix 2 5; msix 1 - -");
    make(1, "msix 0 5 6");
    assertEquals(Pool.REMAPPING_ENTRIES, last(ReleasePolicy.KERNEL).nowShort());
    Step freed = last(new FreeOnClear());
    assertEquals(Pool.REMAPPING_ENTRIES, freed.loggedShort());
    assertEquals(null, freed.nowShort());
    assertEquals(null, last(new LruCap(1)).nowShort());
    assertEquals(Pool.REMAPPING_ENTRIES, last(new LruCap(2)).nowShort());
  }

  @Test
  void who_gives_an_irq_back_may_find_none_when_it_wants_it_again() {
    make(0, "msix 0 5; msix 1 5; msix 2 5; msix 1 - -");
    make(1, "msix 0 5");
    make(0, "msix 1 5 5");
    Step kept = last(ReleasePolicy.KERNEL, new PoolSizes(100, 4), Map.of(1, 1));
    assertEquals(null, kept.nowShort());
    Step freed = last(new FreeOnClear(), new PoolSizes(100, 4), Map.of(1, 1));
    assertEquals(null, freed.loggedShort());
    assertEquals(Pool.REMAPPING_ENTRIES, freed.nowShort());
  }

  @Test
  void a_history_is_another_once_something_else_is_held() {
    make(0, "msix 0 5 5");
    assertTrue(last(new FreeOnClear()).same());
    make(0, "msix 1 -");
    assertTrue(last(ReleasePolicy.KERNEL).same());
    assertFalse(last(new FreeOnClear()).same());
    make(0, "msix 0 -");
    assertFalse(last(new FreeOnClear()).same());
    make(0, "msix off");
    assertTrue(last(new FreeOnClear()).same());
  }

  @Test
  void a_cached_irq_is_no_right_to_a_cpu_vector() {
    make(0, "msix 0 5 5; msix 0 -");
    make(1, "msix 0 5");
    make(0, "msix 0 5");
    PoolSizes two = new PoolSizes(2, 100);
    assertEquals(Pool.CPU_VECTORS, last(ReleasePolicy.KERNEL, two, Map.of()).nowShort());
    assertEquals(Pool.CPU_VECTORS, last(new FreeOnClear(), two, Map.of()).nowShort());
  }

  @Test
  void an_irq_allocated_a_second_time_is_counted_once() {
    make(0, "msix 0 5; msix 1 5; msix 1 -; msix 1 5");
    assertEquals(1, last(new FreeOnClear()).allocatedAgain());
    assertEquals(0, last(new LruCap(1)).allocatedAgain());
    assertEquals(0, last(ReleasePolicy.KERNEL).allocatedAgain());
  }

  @Test
  void an_added_device_runs_out_after_the_one_that_it_repeats() {
    make(0, "msix 0 5 5 5");
    Step step = last(ReleasePolicy.KERNEL, FOUR_ENTRIES, Map.of(0, 2));
    assertEquals(null, step.nowShort());
    assertEquals(List.of(Pool.REMAPPING_ENTRIES, Pool.REMAPPING_ENTRIES), step.copiesShort());
  }
}

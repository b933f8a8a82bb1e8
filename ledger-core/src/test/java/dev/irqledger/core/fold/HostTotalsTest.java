package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.rule.TestDevice;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import org.junit.jupiter.api.Test;

class HostTotalsTest {
  @Test
  void peaks_stay_when_vectors_are_given_back() {
    TestDevice device = TestDevice.opened(KernelGeneration.DYNAMIC);
    DeviceState none = device.state();
    DeviceState two = device.given("msix 0 5 6").state();
    DeviceState one = device.given("msix 1 -").state();
    DeviceState off = device.given("msix off").state();
    HostTotals totals = HostTotals.ZERO.plus(none, two);
    assertEquals(new HostTotals(new VectorCounts(2, 0, 0), 2, 2), totals);
    assertSame(totals, totals.plus(two, two));
    totals = totals.plus(two, one);
    assertEquals(new HostTotals(new VectorCounts(1, 1, 0), 2, 2), totals);
    totals = totals.plus(none, two);
    assertEquals(new HostTotals(new VectorCounts(3, 1, 0), 3, 4), totals);
    totals = totals.plus(one, off).plus(two, off);
    assertEquals(new HostTotals(VectorCounts.ZERO, 3, 4), totals);
  }
}

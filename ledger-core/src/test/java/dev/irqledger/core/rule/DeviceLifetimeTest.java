package dev.irqledger.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.core.state.VectorMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceLifetimeTest {
  @Test
  void an_open_device_is_not_opened_again() {
    TestDevice device = TestDevice.opened(KernelGeneration.DYNAMIC).given("msix 0 5");
    Outcome outcome = device.make(TestDevice.opening(KernelGeneration.DYNAMIC, 8));
    assertEquals(Errno.EBUSY.result(), outcome.result());
    assertEquals("msix A", StateText.of(device.state()));
  }

  @Test
  void a_device_opened_anew_has_nothing_of_the_time_before() {
    TestDevice device =
        TestDevice.opened(KernelGeneration.DYNAMIC).given("msix 0 5 6; err 7; req 8; close");
    assertEquals(0, device.make(TestDevice.opening(KernelGeneration.LEGACY, 4)).result());
    assertEquals("none", StateText.of(device.state()));
    assertEquals(KernelGeneration.LEGACY, device.state().profile().generation());
  }

  @Test
  void the_last_close_releases_all_at_once() {
    TestDevice device =
        TestDevice.opened(KernelGeneration.DYNAMIC).given("msix 0 5 - 6; msix 5 7; msix 0 -");
    VectorMap before = device.state().interrupts().vectors();
    assertEquals(new VectorCounts(2, 1, 1), before.counts());
    Outcome outcome = device.make(CallText.parse("close"));
    assertEquals(
        List.of(
            new Change.AllReleased(before),
            new Change.ModeChanged(InterruptMode.MSIX, InterruptMode.NONE)),
        outcome.changes());
  }

  @Test
  void a_reset_changes_nothing_at_all() {
    TestDevice device = TestDevice.opened(KernelGeneration.DYNAMIC).given("msix 0 5 - 6; err 7");
    DeviceState before = device.state();
    Outcome outcome = device.make(CallText.parse("reset"));
    assertEquals(0, outcome.result());
    assertSame(before, outcome.state());
    assertEquals(List.of(), outcome.changes());
  }

  @Test
  void a_call_turned_down_beforehand_changes_nothing() {
    DeviceState before = TestDevice.opened(KernelGeneration.DYNAMIC).given("msix 0 5").state();
    Environment faulty = Explanation.ideal(1, null).refused(Errno.EFAULT.result());
    Outcome outcome =
        VfioPciModel.apply(before, CallText.parse("msix off"), ReleasePolicy.KERNEL, faulty);
    assertEquals(Errno.EFAULT.result(), outcome.result());
    assertSame(before, outcome.state());
  }
}

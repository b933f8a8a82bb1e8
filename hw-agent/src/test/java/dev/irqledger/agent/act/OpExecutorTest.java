package dev.irqledger.agent.act;

import static dev.irqledger.agent.Fixtures.EDU;
import static dev.irqledger.agent.Fixtures.NVME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.recordings.OpScript;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpExecutorTest {
  private final ModelledHost host = Fixtures.host();
  private final Vfio vfio = host.startProcess();
  private final AtomicLong ticks = new AtomicLong();

  private OpExecutor executor(Bdf device) {
    return new OpExecutor(vfio, device, Fixtures::words, () -> ticks.getAndAdd(250));
  }

  private static EventBody last(OpExecutor executor, String ops) {
    EventBody body = new CommandRefused("nothing was done");
    for (String op : ops.split(";", -1)) {
      body = executor.execute(OpScript.parse(op));
    }
    return body;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set 2 0 2 eventfd trigger e0,e1                              | 0    | msix 0-2048: 0 24*, 1 25*
          set 2 0 2 eventfd trigger e0,b                               | -9   | none 0-2048:
          set 2 0 2 eventfd trigger e0,e1;set 2 1 1 eventfd trigger -1 | 0    | msix 1-2: 1 25
          set 2 0 1 eventfd trigger e0;set 2 5 2 eventfd trigger e1,s  | -22  | msix 5-7: 5 25, 6 26
          set 2 0 1 eventfd trigger e0;set 2 9 1 none trigger          | 0    | msix 9-10:
          set 2 0 1 eventfd trigger e0;set 2 0 0 eventfd trigger       | 0    | msix 0-0:
          set 2 0 1 eventfd trigger e0;set 2 0 0 none trigger          | 0    | none 0-2048:
          set 2 0 1 eventfd trigger e0;set 2 31 9999 none trigger      | -22  | msix 31-2048:
          set 2 0 1 eventfd trigger e0;set 2 4000 2 none trigger       | -22  | msix 0-0:
          set 2 0 1 eventfd trigger e0;set 3 0 1 eventfd trigger e1    | 0    | msix 0-0:
          set 2 0 1 eventfd trigger e0;set 9 0 1 eventfd trigger e1    | -22  | msix 0-0:
          set 0 0 1 eventfd trigger e0                                 | 0    | intx 0-0:
          """)
  void a_set_shows_the_vectors_that_it_may_have_touched(String ops, int result, String view) {
    try (OpExecutor executor = executor(NVME)) {
      InterruptsSet set = (InterruptsSet) last(executor, "open;" + ops);
      assertEquals(result, set.result().orElseThrow());
      assertEquals(250, set.latencyNanos());
      assertEquals(view, text(set.after()));
    }
  }

  private static String text(KernelView view) {
    StringBuilder text = new StringBuilder(view.mode().label());
    text.append(' ').append(view.from()).append('-').append(view.to()).append(':');
    String separator = " ";
    for (KernelView.Seen seen : view.allocated()) {
      text.append(separator).append(seen.vector()).append(' ').append(seen.irq());
      text.append(seen.armed() ? "*" : "");
      separator = ", ";
    }
    return text.toString();
  }

  @Test
  void opening_tells_what_the_device_is_and_can() {
    DeviceOpened opened = (DeviceOpened) last(executor(EDU), "open");
    assertEquals(Fixtures.DYNAMIC, opened.kernel());
    assertEquals("1234:11e8", opened.identity().pciId());
    assertEquals(0, opened.capabilities().indexes().get(3).count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          close            | close failed: -EBADF
          open;open        | open failed: -EBUSY
          open;close;close | close failed: -EBADF
          """)
  void what_cannot_be_opened_or_closed_is_refused_with_the_error(String ops, String reason) {
    assertEquals(new CommandRefused(reason), last(executor(NVME), ops));
  }

  @Test
  void a_device_that_another_process_holds_is_refused() {
    try (Vfio other = host.startProcess()) {
      assertTrue(other.openDevice(NVME) > 0);
      OpExecutor executor = executor(NVME);
      assertEquals(new CommandRefused("open failed: -EBUSY"), last(executor, "open"));
      assertFalse(executor.isOpen());
    }
  }

  @Test
  void calls_on_a_device_that_is_not_open_are_made_and_fail() {
    InterruptsSet set = (InterruptsSet) last(executor(NVME), "set 2 0 1 eventfd trigger e0");
    assertEquals(Errno.EBADF.result(), set.result().orElseThrow());
    DeviceReset reset = (DeviceReset) last(executor(NVME), "reset");
    assertEquals(Errno.EBADF.result(), reset.result().orElseThrow());
  }

  @Test
  void of_a_device_that_is_not_open_nothing_is_shown_since_another_process_may_have_it() {
    try (Vfio other = host.startProcess()) {
      int descriptor = other.openDevice(NVME);
      SetIrqs enable = SetIrqs.triggers(IrqIndex.MSIX, 0, other.eventfd());
      assertEquals(0, other.setIrqs(descriptor, enable));
      OpExecutor executor = executor(NVME);
      assertNull(((InterruptsSet) last(executor, "set 2 0 0 none trigger")).after());
      assertNull(((DeviceReset) last(executor, "reset")).after());
    }
  }

  @Test
  void a_reset_and_a_release_show_all_vectors() {
    OpExecutor executor = executor(NVME);
    DeviceReset reset = (DeviceReset) last(executor, "open;set 2 0 1 eventfd trigger e0;reset");
    assertEquals("msix 0-2048: 0 24*", text(reset.after()));
    DeviceReleased released = (DeviceReleased) last(executor, "close");
    assertEquals("none 0-2048:", text(released.after()));
    assertEquals(DeviceReleased.Cause.CLOSED, released.cause());
  }

  @Test
  void signals_are_counted_by_the_scripts_numbers() {
    try (OpExecutor executor = executor(NVME)) {
      var _ =
          last(executor, "open;set 2 0 3 eventfd trigger e5,e9,e5;set 2 0 3 bool trigger 1,0,1");
      assertEquals(Map.of(5, 2L), executor.signalled());
      assertEquals(Map.of(), executor.signalled());
    }
  }

  @Test
  void closing_the_executor_releases_the_device() {
    OpExecutor executor = executor(NVME);
    var _ = last(executor, "open;set 2 0 1 eventfd trigger e0");
    executor.close();
    assertEquals(0, host.totals().vectors().allocated());
  }
}

package dev.irqledger.agent.vfio;

import static dev.irqledger.agent.Fixtures.DYNAMIC;
import static dev.irqledger.agent.Fixtures.EDU;
import static dev.irqledger.agent.Fixtures.LEGACY;
import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.XHCI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelledHostTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # CPU vectors, IRTEs | vectors of each device: fds (e: eventfd, -: none) | results | shown: irq, * armed
          100 | 100 | nvme ee;  xhci e          | 0 0     | nvme 24* 25*; xhci 26*
          2   | 100 | nvme ee;  xhci e          | 0 -28   | nvme 24* 25*; xhci
          2   | 100 | nvme ee;  xhci -; xhci e  | 0 0 -28 | nvme 24* 25*; xhci 26
          2   | 100 | nvme ee;  nvme -; xhci e  | 0 0 0   | nvme 24 25*; xhci 26*
          2   | 100 | nvme -;   nvme eee        | 0 -28   | nvme 24 25 26; xhci
          100 | 3   | nvme ee;  xhci ee         | 0 1     | nvme 24* 25*; xhci
          100 | 2   | nvme ee;  xhci e          | 0 -28   | nvme 24* 25*; xhci
          100 | 2   | nvme ee;  nvme eee        | 0 -28   | nvme 24 25; xhci
          100 | 3   | nvme ee;  nvme x; xhci ee | 0 0 0   | nvme; xhci 24* 25*
          """)
  void both_pools_are_shared_by_the_devices(
      int cpuVectors, int irtes, String calls, String results, String shown) {
    ModelledHost host = Fixtures.host(DYNAMIC, cpuVectors, irtes);
    try (ModelledVfio vfio = host.startProcess()) {
      int nvme = vfio.openDevice(NVME);
      int xhci = vfio.openDevice(XHCI);
      String returned =
          Arrays.stream(calls.split(";", -1))
              .map(text -> call(vfio, nvme, xhci, text.strip()))
              .collect(Collectors.joining(" "));
      assertEquals(results.strip(), returned);
      assertEquals(
          shown.strip(), ("nvme" + shown(vfio, NVME) + "; xhci" + shown(vfio, XHCI)).strip());
    }
  }

  private static String call(Vfio vfio, int nvme, int xhci, String text) {
    int device = text.startsWith("nvme") ? nvme : xhci;
    String fds = text.substring(5);
    if (fds.equals("x")) {
      return "" + vfio.setIrqs(device, SetIrqs.disable(IrqIndex.MSIX));
    }
    int[] numbers = fds.chars().map(c -> c == 'e' ? vfio.eventfd() : -1).toArray();
    return "" + vfio.setIrqs(device, SetIrqs.triggers(IrqIndex.MSIX, 0, numbers));
  }

  private static String shown(Vfio vfio, Bdf bdf) {
    return vfio.look(bdf, 0, KernelView.MAX_VECTORS).allocated().stream()
        .map(seen -> " " + seen.irq() + (seen.armed() ? "*" : ""))
        .collect(Collectors.joining());
  }

  @Test
  void the_lowest_free_irq_number_is_given_out_first() {
    try (ModelledVfio vfio = Fixtures.host().startProcess()) {
      int nvme = vfio.openDevice(NVME);
      int xhci = vfio.openDevice(XHCI);
      assertEquals(0, enable(vfio, nvme, 3));
      assertEquals(0, enable(vfio, xhci, 1));
      assertEquals(0, vfio.setIrqs(nvme, SetIrqs.disable(IrqIndex.MSIX)));
      assertEquals(0, enable(vfio, nvme, 4));
      assertEquals(" 24* 25* 26* 28*", shown(vfio, NVME));
      assertEquals(" 27*", shown(vfio, XHCI));
    }
  }

  @Test
  void the_death_of_a_process_frees_what_it_held() {
    ModelledHost host = Fixtures.host(DYNAMIC, 2, 2);
    ModelledVfio dying = host.startProcess();
    assertEquals(0, enable(dying, dying.openDevice(NVME), 2));
    dying.close();
    dying.close();
    assertEquals(0, host.totals().vectors().allocated());
    assertEquals(2, host.totals().peakArmed());
    try (ModelledVfio next = host.startProcess()) {
      assertEquals(0, enable(next, next.openDevice(NVME), 2));
    }
  }

  @Test
  void a_device_is_held_by_one_process_at_a_time() {
    ModelledHost host = Fixtures.host();
    try (ModelledVfio one = host.startProcess();
        ModelledVfio other = host.startProcess()) {
      int device = one.openDevice(NVME);
      var e = assertThrows(VfioException.class, () -> other.openDevice(NVME));
      assertEquals("open failed: -EBUSY", e.getMessage());
      one.closeDescriptor(device);
      assertTrue(other.openDevice(NVME) > 0);
    }
  }

  @Test
  void a_descriptor_that_is_no_device_is_told_by_its_errno() {
    try (ModelledVfio vfio = Fixtures.host().startProcess()) {
      SetIrqs disable = SetIrqs.disable(IrqIndex.MSIX);
      assertEquals(Errno.EBADF.result(), vfio.setIrqs(99, disable));
      assertEquals(Errno.EBADF.result(), vfio.reset(-1));
      assertEquals(Errno.ENOTTY.result(), vfio.setIrqs(vfio.eventfd(), disable));
      assertThrows(VfioException.class, () -> vfio.closeDescriptor(99));
      assertThrows(VfioException.class, () -> vfio.irqInfo(99, IrqIndex.MSI));
      assertThrows(VfioException.class, () -> vfio.openDevice(new Bdf("0000:7f:00.0")));
    }
  }

  @Test
  void descriptors_are_judged_as_triggers_by_what_they_are() {
    try (ModelledVfio vfio = Fixtures.host().startProcess()) {
      int device = vfio.openDevice(NVME);
      assertEquals(Errno.EINVAL.result(), trigger(vfio, device, vfio.openNull()));
      assertEquals(Errno.EINVAL.result(), trigger(vfio, device, device));
      int closed = vfio.eventfd();
      vfio.closeDescriptor(closed);
      assertEquals(Errno.EBADF.result(), trigger(vfio, device, closed));
      assertNotEquals(closed, vfio.eventfd());
    }
  }

  @Test
  void a_loopback_counts_in_the_eventfds_of_the_process() {
    try (ModelledVfio vfio = Fixtures.host().startProcess()) {
      int device = vfio.openDevice(NVME);
      int fd = vfio.eventfd();
      assertEquals(0, vfio.setIrqs(device, SetIrqs.triggers(IrqIndex.MSIX, 0, fd, -1, fd)));
      SetIrqs loopback = new SetIrqs(2, 0, 3, 1 | 32, IrqSetData.NONE);
      assertEquals(0, vfio.setIrqs(device, loopback));
      assertEquals(2, vfio.readEventfd(fd));
      assertEquals(0, vfio.readEventfd(fd));
      assertThrows(VfioException.class, () -> vfio.readEventfd(device));
      vfio.closeDescriptor(fd);
      assertEquals(0, vfio.setIrqs(device, loopback));
    }
  }

  @Test
  void an_intx_without_a_trigger_is_not_shown() {
    try (ModelledVfio vfio = Fixtures.host().startProcess()) {
      int device = vfio.openDevice(EDU);
      assertEquals(0, vfio.setIrqs(device, SetIrqs.triggers(IrqIndex.INTX, 0, -1)));
      assertEquals(InterruptMode.NONE, vfio.look(EDU, 0, 0).mode());
      assertEquals(0, vfio.setIrqs(device, SetIrqs.triggers(IrqIndex.INTX, 0, vfio.eventfd())));
      assertEquals(InterruptMode.INTX, vfio.look(EDU, 0, 0).mode());
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          nvme,     1:7 0:9 32:1 1:9 1:9,   1:7 0:9 32:9 1:9 1:9
          nvme2048, 1:7 0:9 2048:1 1:9 1:9, 1:7 0:9 2048:9 1:9 1:9
          e1000e,   1:7 1:9 5:1 1:9 1:9,    1:7 1:9 5:9 1:9 1:9
          xhci,     1:7 16:9 16:1 1:9 1:9,  1:7 16:9 16:9 1:9 1:9
          edu,      1:7 1:9 0:9 0:0 1:9,    1:7 1:9 0:9 0:0 1:9
          nic,      1:7 0:9 65:1 1:9 1:9,   1:7 0:9 65:9 1:9 1:9
          """)
  void a_preset_answers_count_and_flags_as_real_kernels_did(
      String label, String dynamic, String legacy) {
    assertEquals(dynamic, answers(DevicePreset.ofLabel(label), DYNAMIC.text()));
    assertEquals(legacy, answers(DevicePreset.ofLabel(label), LEGACY.text()));
  }

  private static String answers(DevicePreset preset, String kernel) {
    var release = new KernelRelease(kernel);
    return preset.capabilities(release).indexes().stream()
        .map((IrqIndexInfo info) -> info.count() + ":" + info.flags())
        .collect(Collectors.joining(" "));
  }

  private static int enable(Vfio vfio, int device, int vectors) {
    int[] fds = new int[vectors];
    Arrays.setAll(fds, _ -> vfio.eventfd());
    return vfio.setIrqs(device, SetIrqs.triggers(IrqIndex.MSIX, 0, fds));
  }

  private static int trigger(Vfio vfio, int device, int fd) {
    return vfio.setIrqs(device, SetIrqs.triggers(IrqIndex.MSIX, 0, fd));
  }
}

package dev.irqledger.agent.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever fails: no descriptor stays open that nobody has, none is closed twice. */
class OpenDescriptorsTest {
  @TempDir Path root;
  private SysfsTree tree;
  private Bdf first;
  private Bdf second;
  private Bdf other;

  @BeforeEach
  void three_devices_in_two_groups() throws IOException {
    tree = new SysfsTree(root);
    first = tree.device("0000:01:00.0", 7);
    second = tree.device("0000:01:00.1", 7);
    other = tree.device("0000:02:00.0", 8);
  }

  @ParameterizedTest
  @EnumSource
  void each_call_may_fail_and_no_descriptor_is_lost(Access access) {
    int failed = 0;
    boolean more = true;
    for (int n = 1; more; n++) {
      FakeLinux linux = host();
      linux.failAt = n;
      run(linux, access);
      assertEquals(List.of(), linux.openPaths(), "after a failure of call " + n);
      assertEquals(0, linux.badCloses, "after a failure of call " + n);
      more = linux.made >= n;
      failed += more ? 1 : 0;
    }
    assertTrue(failed > 30, "only " + failed + " calls were made");
  }

  @Test
  void each_call_of_a_pollable_file_may_fail_and_no_descriptor_is_lost() {
    boolean more = true;
    for (int n = 1; more; n++) {
      FakeLinux linux = new FakeLinux();
      linux.failAt = n;
      try (PollableFile file = new PollableFile(Path.of("/dev/null"), linux)) {
        file.wake();
      } catch (VfioException e) {
        assertEquals(-FakeLinux.FAILURE, e.errno());
      }
      assertEquals(List.of(), linux.openPaths(), "after a failure of call " + n);
      more = linux.made >= n;
    }
  }

  /** Opens, uses and closes; goes on after a failure, as an agent does. */
  private void run(FakeLinux linux, Access access) {
    List<Integer> devices = new ArrayList<>();
    try (LinuxVfio vfio = new LinuxVfio(tree.sysfs(), access, linux)) {
      for (Bdf device : List.of(first, second, other)) {
        attempt(linux, () -> devices.add(vfio.openDevice(device)));
      }
      attempt(linux, () -> vfio.readEventfd(vfio.eventfd()));
      attempt(linux, vfio::openNull);
      for (int device : devices) {
        attempt(linux, () -> vfio.irqInfo(device, IrqIndex.MSIX));
        vfio.setIrqs(device, SetIrqs.disable(IrqIndex.MSIX));
        vfio.reset(device);
      }
      if (!devices.isEmpty()) {
        attempt(linux, () -> close(vfio, devices.getFirst()));
      }
      attempt(linux, () -> devices.add(vfio.openDevice(first)));
    }
  }

  private static int close(LinuxVfio vfio, int descriptor) {
    vfio.closeDescriptor(descriptor);
    return 0;
  }

  private interface Step {
    Object run();
  }

  /** A step that fails may close what it was asked to close, and leaves nothing more open. */
  private static void attempt(FakeLinux linux, Step step) {
    Set<Integer> before = new HashSet<>(linux.open.keySet());
    try {
      step.run();
    } catch (VfioException e) {
      assertEquals(-FakeLinux.FAILURE, e.errno());
      Set<Integer> more = new HashSet<>(linux.open.keySet());
      more.removeAll(before);
      int eventfds =
          (int) more.stream().filter(fd -> linux.open.get(fd).path.equals("eventfd")).count();
      assertEquals(
          eventfds, more.size(), "left open by the step that failed with " + e.operation());
    }
  }

  private static FakeLinux host() {
    return new FakeLinux(
        "/dev/vfio/vfio",
        "/dev/vfio/7",
        "/dev/vfio/8",
        "/dev/iommu",
        "/dev/vfio/devices/vfio7",
        "/dev/vfio/devices/vfio8");
  }
}

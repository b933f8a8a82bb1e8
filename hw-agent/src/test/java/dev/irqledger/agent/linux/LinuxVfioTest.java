package dev.irqledger.agent.linux;

import static java.nio.ByteOrder.nativeOrder;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LinuxVfioTest {
  private static final int BOOLS = IrqSetFlags.DATA_BOOL | IrqSetFlags.ACTION_TRIGGER;
  private static final int FDS = IrqSetFlags.DATA_EVENTFD | IrqSetFlags.ACTION_TRIGGER;

  @TempDir Path root;
  private final FakeLinux linux = new FakeLinux("/dev/vfio/vfio", "/dev/vfio/7", "/dev/vfio/8");
  private SysfsTree tree;
  private Bdf first;
  private Bdf second;
  private Bdf other;
  private LinuxVfio vfio;

  @BeforeEach
  void three_devices_in_two_groups() throws IOException {
    tree = new SysfsTree(root);
    first = tree.device("0000:01:00.0", 7);
    second = tree.device("0000:01:00.1", 7);
    other = tree.device("0000:02:00.0", 8);
    vfio = new LinuxVfio(tree.sysfs(), Access.AUTO, linux);
  }

  @AfterEach
  void nothing_stays_open() {
    vfio.close();
    vfio.close();
    assertEquals(List.of(), linux.openPaths());
    assertEquals(0, linux.badCloses);
  }

  @Test
  void devices_share_their_group_and_groups_the_container_until_the_last_one_goes() {
    int a = vfio.openDevice(first);
    int b = vfio.openDevice(second);
    int c = vfio.openDevice(other);
    assertEquals(
        List.of(
            "/dev/vfio/7",
            "/dev/vfio/8",
            "/dev/vfio/vfio",
            "0000:01:00.0",
            "0000:01:00.1",
            "0000:02:00.0"),
        linux.openPaths());
    vfio.closeDescriptor(a);
    vfio.closeDescriptor(c);
    assertEquals(List.of("/dev/vfio/7", "/dev/vfio/vfio", "0000:01:00.1"), linux.openPaths());
    vfio.closeDescriptor(b);
    assertEquals(List.of(), linux.openPaths());
    vfio.openDevice(first);
    assertEquals(List.of("/dev/vfio/7", "/dev/vfio/vfio", "0000:01:00.0"), linux.openPaths());
  }

  @Test
  void character_devices_share_the_iommufd_until_the_last_one_goes() {
    linux.files.removeAll(Set.of("/dev/vfio/vfio", "/dev/vfio/7", "/dev/vfio/8"));
    linux.files.addAll(Set.of("/dev/iommu", "/dev/vfio/devices/vfio7", "/dev/vfio/devices/vfio8"));
    int a = vfio.openDevice(first);
    int c = vfio.openDevice(other);
    assertEquals(
        List.of("/dev/iommu", "/dev/vfio/devices/vfio7", "/dev/vfio/devices/vfio8"),
        linux.openPaths());
    vfio.closeDescriptor(a);
    assertEquals(List.of("/dev/iommu", "/dev/vfio/devices/vfio8"), linux.openPaths());
    vfio.closeDescriptor(c);
    assertEquals(List.of(), linux.openPaths());
  }

  @Test
  void a_group_that_refuses_is_no_reason_to_try_the_character_device() {
    linux.files.addAll(Set.of("/dev/iommu", "/dev/vfio/devices/vfio7"));
    linux.groupFlags = 0;
    VfioException e = assertThrows(VfioException.class, () -> vfio.openDevice(first));
    assertEquals(Errno.EPERM.number(), e.errno());
    assertEquals(List.of("/dev/vfio/7"), linux.opened);
  }

  @Test
  void without_any_file_of_vfio_the_group_is_what_was_missed() throws IOException {
    linux.files.clear();
    assertEquals("open /dev/iommu", missing(first));
    Files.delete(root.resolve("sys/bus/pci/devices/0000:01:00.0/vfio-dev/vfio7/dev"));
    assertEquals("open /dev/vfio/7", missing(first));
  }

  private String missing(Bdf device) {
    VfioException e = assertThrows(VfioException.class, () -> vfio.openDevice(device));
    assertEquals(Errno.ENOENT.number(), e.errno());
    return e.operation();
  }

  @Test
  void the_second_version_of_the_type_1_iommu_is_preferred() {
    vfio.closeDescriptor(vfio.openDevice(first));
    assertEquals(Uapi.VFIO_TYPE1v2_IOMMU, linux.iommuType);
    linux.extensions = Set.of(Uapi.VFIO_TYPE1_IOMMU);
    vfio.closeDescriptor(vfio.openDevice(first));
    assertEquals(Uapi.VFIO_TYPE1_IOMMU, linux.iommuType);
    linux.extensions = Set.of();
    assertErrno(Errno.ENODEV, () -> vfio.openDevice(first));
  }

  @Test
  void a_kernel_or_a_device_of_another_kind_is_refused() {
    linux.apiVersion = 1;
    assertErrno(Errno.EINVAL, () -> vfio.openDevice(first));
    linux.apiVersion = Uapi.VFIO_API_VERSION;
    linux.deviceFlags = Uapi.VFIO_DEVICE_FLAGS_RESET;
    assertErrno(Errno.ENODEV, () -> vfio.openDevice(first));
    assertEquals(List.of(), linux.openPaths());
  }

  @Test
  void what_the_device_says_of_itself_is_read() {
    int device = vfio.openDevice(first);
    DeviceInfo info = vfio.deviceInfo(device);
    assertEquals(new DeviceInfo(3, 9, 5), info);
    assertTrue(info.canReset());
    assertEquals(new IrqIndexInfo(3, 9), vfio.irqInfo(device, IrqIndex.MSIX));
    assertEquals(new IrqIndexInfo(0, 0), vfio.irqInfo(device, IrqIndex.ERR));
  }

  @Test
  void arguments_reach_the_kernel_as_they_stand() {
    int device = vfio.openDevice(first);
    vfio.setIrqs(
        device, new SetIrqs(0xFFFF_FFFFL, 0xFFFF_FFFEL, 9, FDS, new IrqSetData.Eventfds(5, -1)));
    assertArrayEquals(ints(28, FDS, -1, -2, 9, 5, -1), linux.sets.removeFirst());
    vfio.setIrqs(device, new SetIrqs(2, 1, 3, BOOLS, new IrqSetData.Bools((byte) 1, (byte) 0)));
    byte[] header = ints(22, BOOLS, 2, 1, 3);
    byte[] bools = ByteBuffer.allocate(22).put(header).put((byte) 1).put((byte) 0).array();
    assertArrayEquals(bools, linux.sets.removeFirst());
    vfio.setIrqs(device, new SetIrqs(1, 0, 0, -1, IrqSetData.NONE));
    assertArrayEquals(ints(20, -1, 1, 0, 0), linux.sets.removeFirst());
  }

  @Test
  void results_come_back_as_they_are() {
    int device = vfio.openDevice(first);
    for (int result : new int[] {0, 17, Errno.ENOSPC.result(), -4096}) {
      linux.setResult = result;
      assertEquals(result, vfio.setIrqs(device, SetIrqs.disable(IrqIndex.MSI)));
    }
    assertEquals(0, vfio.reset(device));
  }

  @Test
  void descriptors_of_others_are_not_touched() {
    int eventfd = vfio.eventfd();
    int notAnEventfd = vfio.openNull();
    int device = vfio.openDevice(first);
    int before = linux.made;
    for (int foreign : new int[] {0, 1, 99, 1_000_000, -1}) {
      assertErrno(Errno.EBADF, () -> vfio.closeDescriptor(foreign));
      assertErrno(Errno.EBADF, () -> vfio.readEventfd(foreign));
      assertErrno(Errno.EBADF, () -> vfio.irqInfo(foreign, IrqIndex.MSI));
      assertEquals(Errno.EBADF.result(), vfio.reset(foreign));
    }
    assertErrno(Errno.EINVAL, () -> vfio.readEventfd(device));
    assertErrno(Errno.EINVAL, () -> vfio.readEventfd(notAnEventfd));
    assertErrno(Errno.ENOTTY, () -> vfio.deviceInfo(eventfd));
    assertEquals(Errno.ENOTTY.result(), vfio.setIrqs(eventfd, SetIrqs.disable(IrqIndex.MSI)));
    assertEquals(before, linux.made);
  }

  @Test
  void an_eventfd_counts_and_starts_anew() {
    int eventfd = vfio.eventfd();
    assertEquals(0, vfio.readEventfd(eventfd));
    linux.open.get(eventfd).counter = 3;
    assertEquals(3, vfio.readEventfd(eventfd));
    assertEquals(0, vfio.readEventfd(eventfd));
  }

  @Test
  void threads_are_known_by_the_calls_they_make() throws InterruptedException {
    int here = linux.gettid();
    assertFalse(vfio.isOwnThread(here));
    int device = vfio.openDevice(first);
    assertTrue(vfio.isOwnThread(here));
    Thread idle = Thread.ofPlatform().start(() -> vfio.eventfd());
    Thread closing = Thread.ofPlatform().start(() -> vfio.closeDescriptor(device));
    idle.join();
    closing.join();
    assertEquals(Set.of(here, (int) closing.threadId()), vfio.ownThreads());
  }

  private static void assertErrno(Errno expected, Executable call) {
    VfioException e = assertThrows(VfioException.class, call);
    assertEquals(expected.number(), e.errno(), e.getMessage());
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(nativeOrder());
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }
}

package dev.irqledger.agent.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.KernelView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysfsTest {
  private static final String ADDRESS = "0000:01:00.0";

  @TempDir Path root;
  private FakeHost host;
  private Bdf device;
  private Sysfs sysfs;

  @BeforeEach
  void a_host() throws IOException {
    host = new FakeHost(root);
    device = host.device(ADDRESS, 7, "vfio-pci");
    sysfs = host.sysfs();
  }

  @Test
  void a_device_without_irqs_has_no_mode() {
    assertEquals(new KernelView(InterruptMode.NONE, 0, 8, List.of()), sysfs.look(device, 0, 8));
  }

  @Test
  void vectors_are_shown_armed_or_cached_within_the_range_alone() throws IOException {
    host.irq(device, "msix", 52, 0, "vfio-msix[0](" + device + ")");
    host.irq(device, "msix", 51, 1, "");
    host.irq(device, "msix", 50, 5, "vfio-msix[5](" + device + ")");

    List<KernelView.Seen> seen =
        List.of(new KernelView.Seen(0, 52, true), new KernelView.Seen(1, 51, false));
    assertEquals(new KernelView(InterruptMode.MSIX, 0, 5, seen), sysfs.look(device, 0, 5));
    assertEquals(3, sysfs.look(device, 0, 2048).allocated().size());
  }

  @Test
  void an_irq_whose_number_was_given_out_again_is_not_mistaken() throws IOException {
    for (int vector : List.of(3, 9, 4)) {
      // cached each time: no handler's name helps
      host.irq(device, "msix", 50, vector, "");

      assertEquals(
          List.of(new KernelView.Seen(vector, 50, false)), sysfs.look(device, 0, 2048).allocated());
    }
  }

  @Test
  void freed_irqs_are_gone_and_the_mode_with_the_last() throws IOException {
    host.irq(device, "msi", 50, 0, "");
    assertEquals(InterruptMode.MSI, sysfs.look(device, 0, 1).mode());

    host.free(device, 50);

    assertEquals(new KernelView(InterruptMode.NONE, 0, 1, List.of()), sysfs.look(device, 0, 1));
  }

  @Test
  void an_irq_that_never_gets_a_vector_is_a_failure_and_no_guess() throws IOException {
    host.irq(device, "msix", 50, 0, "vfio-msix[1](" + device + ")");

    VfioException failure = assertThrows(VfioException.class, () -> sysfs.look(device, 0, 1));

    assertEquals(Errno.EAGAIN.number(), failure.errno());
  }

  @Test
  void an_irq_that_left_its_domain_is_about_to_go_and_counts_as_a_change() throws IOException {
    host.irq(device, "msix", 50, 0, "");
    host.irqFile(50, "hwirq", "");

    VfioException failure = assertThrows(VfioException.class, () -> sysfs.look(device, 0, 1));

    assertEquals(Errno.EAGAIN.number(), failure.errno());
  }

  @Test
  void intx_shows_on_a_shared_line_by_the_devices_own_handler() throws IOException {
    String own = "vfio-intx(" + device + ")";
    host.put("sys/bus/pci/devices/" + device + "/irq", "11");
    List<InterruptMode> modes = new ArrayList<>();
    for (String actions : List.of("", "ahci", "vfio-intx(0000:02:00.0)", own, "ahci," + own)) {
      host.irqFile(11, "actions", actions);
      modes.add(sysfs.look(device, 0, 0).mode());
    }

    InterruptMode none = InterruptMode.NONE;
    assertEquals(List.of(none, none, none, InterruptMode.INTX, InterruptMode.INTX), modes);
  }

  @Test
  void a_device_is_identified_by_what_the_host_shows() throws IOException {
    String home = "sys/bus/pci/devices/" + device;
    host.put(home + "/vendor", "0x1b36");
    host.put(home + "/device", "0x0010");
    host.link(home + "/iommu", "../../virtual/iommu/dmar0");
    host.link(home + "/physfn", "../0000:01:00.7");

    assertEquals(
        new DeviceIdentity("1b36:0010", 7, "dmar0", new Bdf("0000:01:00.7"), "vfio-pci"),
        sysfs.identity(device));
  }

  @Test
  void a_device_that_is_not_there_is_enodev() {
    Bdf other = new Bdf("0000:02:00.0");

    for (Runnable asked :
        Arrays.<Runnable>asList(
            () -> sysfs.look(other, 0, 1),
            () -> sysfs.identity(other),
            () -> sysfs.iommuGroup(other))) {
      VfioException failure = assertThrows(VfioException.class, asked::run);
      assertEquals(Errno.ENODEV.number(), failure.errno());
    }
  }

  @Test
  void devices_of_vfio_drivers_are_told_by_name_or_entry() throws IOException {
    Bdf mellanox = host.device("0000:02:00.0", 8, "mlx5_vfio_pci");
    Bdf vendor = host.device("0000:03:00.0", 9, "nvgrace");
    host.dir("sys/bus/pci/devices/" + vendor + "/vfio-dev/vfio3");
    host.device("0000:04:00.0", 10, "nvme");
    host.device("0000:05:00.0", 10, null);

    assertEquals(List.of(device, mellanox, vendor), sysfs.vfioDevices());
    assertEquals(2, sysfs.groupMembers(10).size());
  }

  @Test
  void a_character_device_needs_a_number_of_its_own() throws IOException {
    String entry = "sys/bus/pci/devices/" + device + "/vfio-dev/vfio3";
    host.dir(entry);
    assertNull(sysfs.vfioCdev(device), "kernels before 6.6 have the entry and no file in /dev");

    host.put(entry + "/dev", "511:3");

    assertEquals("vfio3", sysfs.vfioCdev(device));
  }

  @Test
  void the_kernels_release_and_boot_are_read_from_proc() throws IOException {
    host.put("proc/sys/kernel/osrelease", "6.12.117+deb12-amd64");
    host.put("proc/sys/kernel/random/boot_id", "0e1f");

    assertEquals("6.12.117+deb12-amd64", sysfs.kernelRelease().text());
    assertEquals("0e1f", sysfs.bootId());
  }
}

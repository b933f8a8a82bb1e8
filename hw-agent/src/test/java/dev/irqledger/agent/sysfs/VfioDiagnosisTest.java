package dev.irqledger.agent.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VfioDiagnosisTest {
  @TempDir Path root;
  private FakeHost host;
  private Bdf device;

  @BeforeEach
  void a_host() throws IOException {
    host = new FakeHost(root);
    device = host.device("0000:01:00.0", 7, "vfio-pci");
    host.put("dev/vfio/7", "");
  }

  @Test
  void a_device_that_is_not_there_brings_its_neighbours() {
    says(new Bdf("0000:01:01.0"), Errno.ENOENT, "no PCI device", "mean 0000:01:00.0?", "lspci -D");
  }

  @Test
  void no_iommu_groups_mean_that_the_iommu_is_off() throws IOException {
    Path other = root.resolve("other");
    FakeHost off = new FakeHost(other);
    off.device("0000:01:00.0", null, "nvme");

    String line = new VfioDiagnosis(off.sysfs(), off.dev()).explain(device, failed(Errno.ENOENT));

    assertTrue(line.contains("intel_iommu=on"), line);
  }

  @Test
  void a_device_in_no_group_is_told() throws IOException {
    says(host.device("0000:02:00.0", null, "vfio-pci"), Errno.ENOENT, "behind no IOMMU");
  }

  @Test
  void no_device_files_mean_that_the_modules_are_not_loaded() throws IOException {
    host.delete("dev/vfio/7");
    host.delete("dev/vfio");

    says(device, Errno.ENOENT, "no /dev/vfio", "modprobe vfio-pci");
  }

  @Test
  void a_device_of_another_driver_is_to_be_bound() throws IOException {
    says(host.device("0000:02:00.0", 8, "nvme"), Errno.ENOENT, "the driver nvme", "--bind");
    says(host.device("0000:03:00.0", 9, null), Errno.ENOENT, "has no driver", "--bind");
  }

  @Test
  void a_group_with_devices_of_the_host_names_them_but_no_bridge() throws IOException {
    host.device("0000:01:00.1", 7, "snd_hda_intel");
    host.device("0000:00:01.0", 7, "pcieport");

    String line =
        says(
            device,
            Errno.EPERM,
            "IOMMU group 7",
            "0000:01:00.1 (snd_hda_intel)",
            "free them first: echo 0000:01:00.1 > ",
            "devices/0000:01:00.1/driver/unbind");

    assertFalse(line.contains("pcieport"), line);
  }

  @Test
  void no_permission_names_the_file_and_its_owner() {
    says(device, Errno.EACCES, "no permission on /dev/vfio/7 (owner ", "run as root", "udev");
  }

  @Test
  void a_file_that_is_hidden_is_told_from_one_that_there_cannot_be() {
    says(device, Errno.ENOENT, "no /dev/vfio/7 here", "bound to vfio-pci", "container");
  }

  @Test
  void a_busy_device_names_who_holds_it() throws IOException {
    host.link("proc/4711/fd/9", "/dev/vfio/7");
    host.put("proc/4711/comm", "qemu-system-x86");
    host.put("proc/4711/cmdline", "qemu\0-object\0secret,data=abc\0-name\0guest=web1,debug=on\0");
    host.link("proc/12/fd/3", "/dev/vfio/8");

    String line = says(device, Errno.EBUSY, "pid 4711 (qemu-system-x86), VM 'web1'");

    assertFalse(line.contains("secret") || line.contains("pid 12"), line);
  }

  @Test
  void a_holder_by_the_devices_own_file_is_found_too() throws IOException {
    host.put("sys/bus/pci/devices/" + device + "/vfio-dev/vfio0/dev", "511:0");
    host.link("proc/4711/fd/9", "/dev/vfio/devices/vfio0");

    says(device, Errno.EBUSY, "pid 4711");
  }

  @Test
  void what_is_not_known_is_told_as_it_came() {
    assertEquals("open /dev/vfio/7 failed: -EIO", says(device, Errno.EIO));
  }

  private String says(Bdf asked, Errno errno, String... parts) {
    String line = new VfioDiagnosis(host.sysfs(), host.dev()).explain(asked, failed(errno));
    for (String part : List.of(parts)) {
      assertTrue(line.contains(part), line);
    }
    assertEquals(1, line.lines().count());
    return line;
  }

  private static VfioException failed(Errno errno) {
    return new VfioException("open /dev/vfio/7", errno.number());
  }
}

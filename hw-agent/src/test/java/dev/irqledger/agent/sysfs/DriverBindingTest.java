package dev.irqledger.agent.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverBindingTest {
  @TempDir Path root;
  private FakeHost host;
  private Bdf device;
  private boolean refusesProbe;
  private final List<BindingStep> written = new ArrayList<>();

  @BeforeEach
  void a_host() throws IOException {
    host = new FakeHost(root);
    device = host.device("0000:01:00.0", 7, "nvme");
  }

  @Test
  void a_plan_names_each_write_and_makes_none() {
    String pci = root.resolve("sys/bus/pci").toString();

    assertEquals(
        List.of(
            "echo 'vfio-pci' > " + pci + "/devices/0000:01:00.0/driver_override",
            "echo '0000:01:00.0' > " + pci + "/drivers/nvme/unbind",
            "echo '0000:01:00.0' > " + pci + "/drivers_probe"),
        binding().plan(device, "vfio-pci").stream().map(BindingStep::toString).toList());
    assertEquals("nvme", host.sysfs().driver(device));
  }

  @Test
  void bind_does_the_plan_and_tells_what_was_before() {
    List<BindingStep> plan = binding().plan(device, "vfio-pci");

    FormerDriver former = binding().bind(device, "vfio-pci", false);

    assertEquals(new FormerDriver(device, "nvme", null), former);
    assertEquals(plan, written);
    assertEquals("vfio-pci", host.sysfs().driver(device));
  }

  @Test
  void the_former_driver_is_put_back_or_none() throws IOException {
    for (String driver : new String[] {"nvme", null}) {
      host.drive(device, driver);
      FormerDriver former = binding().bind(device, "vfio-pci", false);

      binding().putBack(former);

      assertEquals(driver, host.sysfs().driver(device));
      assertEquals("(null)", override());
    }
  }

  @Test
  void a_bound_device_stays_as_it_is() throws IOException {
    host.drive(device, "vfio-pci");

    FormerDriver former = binding().bind(device, "vfio-pci", false);
    binding().putBack(former);

    assertEquals(List.of(), written);
  }

  @Test
  void a_failed_bind_puts_back_what_it_changed() {
    refusesProbe = true;

    assertThrows(VfioException.class, () -> binding().bind(device, "vfio-pci", false));

    assertEquals("nvme", host.sysfs().driver(device));
    assertEquals("(null)", override());
  }

  @Test
  void a_driver_that_is_not_loaded_is_told_with_the_remedy() throws IOException {
    host.delete("sys/bus/pci/drivers/vfio-pci");

    HostSetupException failure =
        assertThrows(HostSetupException.class, () -> binding().bind(device, "vfio-pci", false));

    assertTrue(String.valueOf(failure.getMessage()).contains("modprobe vfio-pci"));
    assertEquals(List.of(), written);
  }

  @ParameterizedTest
  @CsvSource({
    "proc/self/mountinfo, 24 1 259:1 / / rw - ext4 /dev/root rw, nvme0n1p1 is mounted",
    "proc/self/mountinfo, 24 1 0:30 / / rw - btrfs /dev/nvme0n1p1 rw, nvme0n1p1 is mounted",
    "proc/swaps, /dev/nvme0n1p1 partition 1 0 -2, nvme0n1p1 is swap",
    "unused, up, eth0 is up"
  })
  void a_device_that_the_host_needs_is_refused_unless_forced(
      String file, String text, String reason) throws IOException {
    String below = "sys/devices/pci0000:00/" + device;
    host.put(below + "/nvme/nvme0/nvme0n1/nvme0n1p1/dev", "259:1");
    host.link(
        "sys/class/block/nvme0n1p1",
        "../../devices/pci0000:00/" + device + "/nvme/nvme0/nvme0n1/nvme0n1p1");
    host.put(below + "/net/eth0/operstate", text.equals("up") ? "up" : "down");
    host.link("sys/class/net/eth0", "../../devices/pci0000:00/" + device + "/net/eth0");
    if (!text.equals("up")) {
      host.put(file, text);
    }

    HostSetupException failure =
        assertThrows(HostSetupException.class, () -> binding().bind(device, "vfio-pci", false));

    assertTrue(String.valueOf(failure.getMessage()).contains(reason), failure.getMessage());
    assertEquals(List.of(), written);
    binding().bind(device, "vfio-pci", true);
    assertEquals("vfio-pci", host.sysfs().driver(device));
  }

  @Test
  void a_write_that_the_kernel_refuses_is_told_with_its_errno() throws IOException {
    Files.delete(host.home(device).resolve("driver_override"));

    VfioException failure =
        assertThrows(
            VfioException.class,
            () -> new DriverBinding(host.sysfs()).bind(device, "vfio-pci", false));

    assertEquals(Errno.ENOENT.number(), failure.errno());
  }

  @Test
  void who_may_not_write_is_told_to_be_root() {
    DriverBinding forbidden =
        new DriverBinding(
            host.sysfs(),
            step -> {
              throw new VfioException("writing to " + step.file(), Errno.EACCES.number());
            });

    HostSetupException failure =
        assertThrows(HostSetupException.class, () -> forbidden.bind(device, "vfio-pci", false));

    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith("no permission to bind " + device), message);
    assertTrue(message.contains("driver_override") && message.endsWith("; run as root"), message);
  }

  @Test
  void a_device_that_is_not_there_brings_its_neighbours() {
    HostSetupException failure =
        assertThrows(
            HostSetupException.class, () -> binding().plan(new Bdf("0000:01:01.0"), "vfio-pci"));

    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("did you mean " + device + "?"), message);
  }

  private String override() {
    return Attributes.read(host.home(device).resolve("driver_override"));
  }

  private DriverBinding binding() {
    return new DriverBinding(host.sysfs(), this::asTheKernelDoes);
  }

  private void asTheKernelDoes(BindingStep step) {
    written.add(step);
    String file = String.valueOf(step.file().getFileName());
    try {
      switch (file) {
        case "driver_override" ->
            Files.writeString(step.file(), step.value().isBlank() ? "(null)\n" : step.value());
        case "unbind" -> host.drive(device, null);
        case "drivers_probe" -> probe();
        case "bind" -> host.drive(device, String.valueOf(step.file().getParent().getFileName()));
        default -> throw new IllegalArgumentException(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void probe() throws IOException {
    if (refusesProbe) {
      throw new VfioException("probing", Errno.EINVAL.number());
    }
    host.drive(device, override());
  }
}

package dev.irqledger.agent.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Bdf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSurveyTest {
  @TempDir Path root;
  private FakeHost host;

  /** A host's disk with three MSI irqs, and a passed-through device with two of MSI-X. */
  @BeforeEach
  void a_host() throws IOException {
    host = new FakeHost(root);
    Bdf disk = host.device("0000:01:00.0", 1, "ahci");
    Bdf passed = host.device("0000:02:00.0", 2, "vfio-pci");
    for (int i = 0; i < 3; i++) {
      host.irq(disk, "msi", 50 + i, i, "ahci");
    }
    host.irq(passed, "msix", 60, 0, "");
    host.irq(passed, "msix", 61, 1, "");
  }

  @Test
  void the_hosts_drivers_are_counted_and_vfio_is_not() {
    assertEquals(List.of(new HostUse.DriverUse("ahci", 3)), survey().drivers());
  }

  @Test
  void without_remapping_there_are_no_units() throws IOException {
    units("dmar0", "dmar0");
    chips("PCI-MSI", "IO-APIC");

    assertEquals(List.of(), survey().units());
  }

  @Test
  void a_single_intel_unit_has_all_and_the_io_apic() throws IOException {
    units("dmar0", "dmar0");
    chips("IR-PCI-MSI", "IR-IO-APIC");

    // three MSI vectors hold a block of four
    assertEquals(List.of(new HostUse.UnitUse("dmar0", 65_536, 4 + 2 + 1)), survey().units());
  }

  @Test
  void of_two_units_each_has_its_devices_and_none_the_io_apic() throws IOException {
    units("dmar0", "dmar1");
    chips("vIR-PCI-MSI", "vIR-IO-APIC");

    assertEquals(
        List.of(new HostUse.UnitUse("dmar0", 65_536, 4), new HostUse.UnitUse("dmar1", 65_536, 2)),
        survey().units());
  }

  @Test
  void an_amd_unit_has_no_total() throws IOException {
    units("ivhd0", "ivhd0");
    chips("IR-PCI-MSI", "IO-APIC");

    assertEquals(List.of(new HostUse.UnitUse("ivhd0", null, 5)), survey().units());
  }

  private void units(String ofDisk, String ofPassed) throws IOException {
    host.link("sys/bus/pci/devices/0000:01:00.0/iommu", "../../virtual/iommu/" + ofDisk);
    host.link("sys/bus/pci/devices/0000:02:00.0/iommu", "../../virtual/iommu/" + ofPassed);
    host.dir("sys/class/iommu/" + ofDisk);
    host.dir("sys/class/iommu/" + ofPassed);
  }

  private void chips(String messages, String pin) throws IOException {
    for (int irq : List.of(50, 51, 52, 60, 61)) {
      host.irqFile(irq, "chip_name", messages);
    }
    host.irqFile(4, "chip_name", pin);
  }

  private HostUse survey() {
    return new HostSurvey(host.sysfs()).take();
  }
}

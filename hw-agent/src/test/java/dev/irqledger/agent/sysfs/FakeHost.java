package dev.irqledger.agent.sysfs;

import dev.irqledger.core.device.Bdf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A tree of files in the layout of sysfs, procfs and {@code /dev}. */
final class FakeHost {
  private final Path root;
  private int files;

  FakeHost(Path root) throws IOException {
    this.root = root;
    dir("sys/bus/pci/devices");
    dir("sys/bus/pci/drivers/vfio-pci");
    dir("dev/vfio");
  }

  Sysfs sysfs() {
    return new Sysfs(root.resolve("sys"), root.resolve("proc"));
  }

  Path dev() {
    return root.resolve("dev");
  }

  /** A device, in an IOMMU group unless that is null, with a driver unless that is null. */
  Bdf device(String bdf, @Nullable Integer group, @Nullable String driver) throws IOException {
    Path home = dir("sys/bus/pci/devices/" + bdf);
    file(home.resolve("driver_override"), "(null)");
    if (group != null) {
      dir("sys/kernel/iommu_groups/" + group + "/devices/" + bdf);
      link(home.resolve("iommu_group"), "../../../../kernel/iommu_groups/" + group);
    }
    if (driver != null) {
      drive(new Bdf(bdf), driver);
    }
    return new Bdf(bdf);
  }

  void drive(Bdf device, @Nullable String driver) throws IOException {
    Path link = home(device).resolve("driver");
    Files.deleteIfExists(link);
    if (driver != null) {
      dir("sys/bus/pci/drivers/" + driver);
      link(link, "../../../bus/pci/drivers/" + driver);
    }
  }

  /** An allocated irq, armed where it has actions. Made anew, as the kernel does. */
  void irq(Bdf device, String mode, int irq, int vector, String actions) throws IOException {
    Path file = dir(home(device) + "/msi_irqs").resolve(String.valueOf(irq));
    Path fresh = file(root.resolve("fresh" + files++), mode);
    Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    irqFile(irq, "hwirq", String.valueOf(0x80000 + vector));
    irqFile(irq, "actions", actions);
  }

  void irqFile(int irq, String name, String text) throws IOException {
    file(root.resolve("sys/kernel/irq/" + irq + "/" + name), text);
  }

  void free(Bdf device, int irq) throws IOException {
    Files.delete(home(device).resolve("msi_irqs/" + irq));
  }

  Path home(Bdf device) {
    return root.resolve("sys/bus/pci/devices").resolve(device.text());
  }

  Path put(String path, String text) throws IOException {
    return file(root.resolve(path), text);
  }

  void link(String path, String target) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    link(root.resolve(path), target);
  }

  Path dir(String path) throws IOException {
    return Files.createDirectories(root.resolve(path));
  }

  void delete(String emptyDirectory) throws IOException {
    Files.delete(root.resolve(emptyDirectory));
  }

  private static Path file(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text + "\n");
  }

  private static void link(Path link, String target) throws IOException {
    Files.createSymbolicLink(link, Path.of(target));
  }
}

package dev.irqledger.agent.linux;

import dev.irqledger.agent.sysfs.Sysfs;
import dev.irqledger.core.device.Bdf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** As much of a sysfs as it takes to open devices. */
final class SysfsTree {
  private final Path root;

  SysfsTree(Path root) {
    this.root = root;
  }

  /** Adds a device of that IOMMU group, whose character device is named after the group. */
  Bdf device(String bdf, int group) throws IOException {
    Path device = Files.createDirectories(root.resolve("sys/bus/pci/devices").resolve(bdf));
    Path groups = Files.createDirectories(root.resolve("sys/kernel/iommu_groups/" + group));
    Files.createSymbolicLink(device.resolve("iommu_group"), device.relativize(groups));
    Path cdev = Files.createDirectories(device.resolve("vfio-dev/vfio" + group));
    Files.writeString(cdev.resolve("dev"), "511:" + group + "\n");
    return new Bdf(bdf);
  }

  Sysfs sysfs() {
    return new Sysfs(root.resolve("sys"), root.resolve("proc"));
  }
}

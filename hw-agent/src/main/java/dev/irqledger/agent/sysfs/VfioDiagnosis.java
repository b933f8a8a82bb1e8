package dev.irqledger.agent.sysfs;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells why a device cannot be opened, and what to do, from what the host shows. */
public final class VfioDiagnosis {
  /** Drivers that leave DMA to a group's owner ({@code driver_managed_dma} in the kernel). */
  private static final Set<String> HARMLESS = Set.of("pcieport", "pci-stub");

  private final Sysfs sysfs;
  private final Path dev;

  /**
   * @param dev where the device files are, {@code /dev} on a host
   */
  public VfioDiagnosis(Sysfs sysfs, Path dev) {
    this.sysfs = sysfs;
    this.dev = dev;
  }

  /**
   * The cause and the remedy, in one line; the failure's own message where the cause is not known.
   *
   * @param failure of opening the device
   */
  public String explain(Bdf device, VfioException failure) {
    String missing = MissingDevice.tell(sysfs, device);
    if (missing != null) {
      return missing;
    }
    String setup = setup(device);
    if (setup != null) {
      return setup;
    }
    String told = ofErrno(device, failure);
    return told != null ? told : String.valueOf(failure.getMessage());
  }

  private @Nullable String setup(Bdf device) {
    if (Attributes.names(sysfs.sys().resolve("kernel/iommu_groups")).isEmpty()) {
      return "the IOMMU is off (no IOMMU groups); switch VT-d or AMD-Vi on in the firmware and boot"
          + " with intel_iommu=on or amd_iommu=on";
    }
    if (Attributes.linkName(sysfs.home(device).resolve("iommu_group")) == null) {
      return device + " is behind no IOMMU, so it cannot be passed through; take another device";
    }
    if (!Files.isDirectory(dev.resolve("vfio"))) {
      return "there is no /dev/vfio, the vfio modules are not loaded; load them: modprobe vfio-pci";
    }
    String unbound = unbound(device);
    return unbound == null ? sharedGroup(device) : unbound;
  }

  private @Nullable String unbound(Bdf device) {
    if (sysfs.isVfio(device)) {
      return null;
    }
    String driver = sysfs.driver(device);
    boolean isLoaded = Files.isDirectory(sysfs.sys().resolve("bus/pci/drivers/vfio-pci"));
    return device
        + (driver == null ? " has no driver" : " is bound to the driver " + driver)
        + " and not to vfio-pci; "
        + (isLoaded ? "" : "load it (modprobe vfio-pci) and ")
        + "bind it: --bind";
  }

  private @Nullable String sharedGroup(Bdf device) {
    int group = sysfs.iommuGroup(device);
    List<String> others = new ArrayList<>();
    List<String> remedies = new ArrayList<>();
    for (Bdf member : sysfs.groupMembers(group)) {
      String driver = sysfs.driver(member);
      if (driver != null && !HARMLESS.contains(driver) && !sysfs.isVfio(member)) {
        others.add(member + " (" + driver + ")");
        remedies.add("echo " + member + " > " + sysfs.home(member).resolve("driver/unbind"));
      }
    }
    return others.isEmpty()
        ? null
        : "IOMMU group %d of %s has devices bound to drivers of the host: %s; free them first: %s"
            .formatted(group, device, String.join(", ", others), String.join("; ", remedies));
  }

  private @Nullable String ofErrno(Bdf device, VfioException failure) {
    int errno = failure.errno();
    if (errno == Errno.EACCES.number() || errno == Errno.EPERM.number()) {
      return forbidden(device, failure);
    }
    if (errno == Errno.ENOENT.number()) {
      return noFile(device, failure);
    }
    return errno == Errno.EBUSY.number() ? busy(device) : null;
  }

  /** The kernel has made the file: what hides it is a container, or the like. */
  private @Nullable String noFile(Bdf device, VfioException failure) {
    for (String file : files(device)) {
      if (names(failure, file)) {
        return "there is no %s here, though %s is bound to %s; in a container: let it have /dev/vfio"
            .formatted(file, device, sysfs.driver(device));
      }
    }
    return null;
  }

  private static boolean names(VfioException failure, String file) {
    return List.of(failure.operation().split(" ")).contains(file);
  }

  private @Nullable String forbidden(Bdf device, VfioException failure) {
    for (String file : files(device)) {
      if (names(failure, file)) {
        return noPermission(file);
      }
    }
    return failure.errno() == Errno.EACCES.number() ? noPermission(groupFile(device)) : null;
  }

  private String noPermission(String file) {
    return "no permission on %s%s; run as root, or give the file to a group of yours by a udev rule"
        .formatted(file, owner(file));
  }

  private String owner(String file) {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(inDev(file), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return " (owner %s, group %s, %s)"
          .formatted(
              attributes.owner().getName(),
              attributes.group().getName(),
              PosixFilePermissions.toString(attributes.permissions()));
    } catch (IOException e) {
      return " (whose owner cannot be read)";
    }
  }

  private String busy(Bdf device) {
    VfioHolders.Found found = new VfioHolders(sysfs.proc()).of(deviceFiles(device));
    String unseen =
        found.unseen() == 0
            ? ""
            : " (%d processes could not be looked at, root can)".formatted(found.unseen());
    return found.holders().isEmpty()
        ? device + " is busy, but no process is seen that holds it" + unseen + "; try again"
        : "%s is held by %s%s; stop it, or take another device"
            .formatted(device, String.join(" and ", found.holders()), unseen);
  }

  private Set<String> files(Bdf device) {
    Set<String> files = deviceFiles(device);
    files.add("/dev/vfio/vfio");
    files.add("/dev/iommu");
    return files;
  }

  private Set<String> deviceFiles(Bdf device) {
    Set<String> files = new LinkedHashSet<>(Set.of(groupFile(device)));
    String own = sysfs.vfioCdev(device);
    if (own != null) {
      files.add("/dev/vfio/devices/" + own);
    }
    return files;
  }

  private String groupFile(Bdf device) {
    return "/dev/vfio/" + sysfs.iommuGroup(device);
  }

  private Path inDev(String file) {
    return dev.resolve(file.substring("/dev/".length()));
  }
}

package dev.irqledger.agent.sysfs;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.KernelView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel shows of its PCI devices. Layout: {@code Documentation/ABI/testing/sysfs-bus-pci},
 * {@code sysfs-kernel-iommu_groups} and {@code sysfs-kernel-irq}. Safe for use by many threads.
 */
public final class Sysfs {
  private static final String HEX_PREFIX = "0x";

  private final Path sys;
  private final Path proc;
  private final Map<Bdf, VectorView> views = new ConcurrentHashMap<>();

  /**
   * @param sys where sysfs is mounted
   * @param proc where procfs is mounted
   */
  public Sysfs(Path sys, Path proc) {
    this.sys = sys;
    this.proc = proc;
  }

  /** The running kernel's. */
  public static Sysfs ofHost() {
    return new Sysfs(Path.of("/sys"), Path.of("/proc"));
  }

  /**
   * The mode, and which of the vectors {@code from} to {@code to - 1} are allocated, at one moment:
   * it is read again where it changed meanwhile. INTx without a trigger is not told from no mode.
   *
   * @throws VfioException ENODEV if the host has no such device, EAGAIN if it never rests, else why
   *     it cannot be read
   */
  public KernelView look(Bdf device, int from, int to) {
    Path home = existing(device);
    return views.computeIfAbsent(device, bdf -> new VectorView(bdf, home, irqs())).look(from, to);
  }

  /**
   * What the host says a device is.
   *
   * @throws VfioException ENODEV if the host has no such device
   */
  public DeviceIdentity identity(Bdf device) {
    Path home = existing(device);
    String vendor = hex(home.resolve("vendor"));
    String product = hex(home.resolve("device"));
    String physical = Attributes.linkName(home.resolve("physfn"));
    return new DeviceIdentity(
        vendor == null || product == null ? null : vendor + ":" + product,
        group(home),
        Attributes.linkName(home.resolve("iommu")),
        physical == null ? null : new Bdf(physical),
        driver(device));
  }

  /**
   * The number of a device's IOMMU group.
   *
   * @throws VfioException ENODEV if the host has no such device, ENOENT if it is in no group, as
   *     where the IOMMU is off
   */
  public int iommuGroup(Bdf device) {
    Integer group = group(existing(device));
    if (group == null) {
      throw new VfioException("finding the IOMMU group of " + device, Errno.ENOENT.number());
    }
    return group;
  }

  /** The PCI devices of a group, by address; none where there is no such group. */
  public List<Bdf> groupMembers(int group) {
    return addresses(sys.resolve("kernel/iommu_groups/" + group + "/devices"));
  }

  /** The driver a device is bound to; null where none. */
  public @Nullable String driver(Bdf device) {
    return Attributes.linkName(home(device).resolve("driver"));
  }

  /**
   * The name of a device's file in {@code /dev/vfio/devices}, such as {@code vfio0}; null where the
   * device has none: it is not bound to a vfio driver, or the kernel is older than 6.6 or built
   * without {@code CONFIG_VFIO_DEVICE_CDEV}.
   */
  public @Nullable String vfioCdev(Bdf device) {
    Path directory = home(device).resolve("vfio-dev");
    return Attributes.names(directory).stream()
        .sorted()
        .filter(name -> Files.exists(directory.resolve(name).resolve("dev")))
        .findFirst()
        .orElse(null);
  }

  /** All PCI devices, by address. */
  public List<Bdf> devices() {
    return addresses(sys.resolve("bus/pci/devices"));
  }

  /** The PCI devices that user space can have through VFIO, by address. */
  public List<Bdf> vfioDevices() {
    return devices().stream().filter(this::isVfio).toList();
  }

  /**
   * Whether a device is bound to vfio-pci or to a variant of it, such as {@code mlx5_vfio_pci}.
   * Kernels from 6.1 show a {@code vfio-dev} entry; before, the driver's name has to tell.
   */
  public boolean isVfio(Bdf device) {
    String driver = driver(device);
    return driver != null
        && (isVfioDriver(driver) || !Attributes.names(home(device).resolve("vfio-dev")).isEmpty());
  }

  /**
   * The running kernel's release.
   *
   * @throws VfioException if it cannot be read
   */
  public KernelRelease kernelRelease() {
    return new KernelRelease(Attributes.read(proc.resolve("sys/kernel/osrelease")));
  }

  /**
   * Names the host's boot.
   *
   * @throws VfioException if it cannot be read
   */
  public String bootId() {
    return Attributes.read(proc.resolve("sys/kernel/random/boot_id"));
  }

  static boolean isVfioDriver(String driver) {
    return driver.replace('_', '-').endsWith("vfio-pci");
  }

  Path sys() {
    return sys;
  }

  Path proc() {
    return proc;
  }

  Path irqs() {
    return sys.resolve("kernel/irq");
  }

  Path home(Bdf device) {
    return sys.resolve("bus/pci/devices").resolve(device.text());
  }

  /** The directory of a device that the host has. */
  Path existing(Bdf device) {
    Path home = home(device);
    if (!Files.isDirectory(home)) {
      throw new VfioException("finding " + device, Errno.ENODEV.number());
    }
    return home;
  }

  private static @Nullable Integer group(Path home) {
    String name = Attributes.linkName(home.resolve("iommu_group"));
    return name == null ? null : Integer.valueOf(name);
  }

  private static @Nullable String hex(Path file) {
    String text = Attributes.readIfThere(file);
    return text == null || !text.startsWith(HEX_PREFIX)
        ? null
        : text.substring(HEX_PREFIX.length());
  }

  private static List<Bdf> addresses(Path directory) {
    return Attributes.names(directory).stream()
        .filter(Sysfs::isAddress)
        .map(Bdf::new)
        .sorted()
        .toList();
  }

  /** A group can hold devices of other buses. */
  private static boolean isAddress(String name) {
    return name.matches("[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]");
  }
}

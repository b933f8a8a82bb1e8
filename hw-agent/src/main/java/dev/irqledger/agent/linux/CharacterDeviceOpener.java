package dev.irqledger.agent.linux;

import static dev.irqledger.agent.linux.SystemCalls.check;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way by a device's own file: {@code /dev/vfio/devices/vfioN} is bound to an iommufd and
 * attached to an address space in it. All devices share one of each. Kernels from 6.6 have it where
 * built with {@code CONFIG_VFIO_DEVICE_CDEV} ({@code Documentation/driver-api/vfio.rst}).
 */
final class CharacterDeviceOpener implements DeviceOpener {
  private static final String IOMMUFD = "/dev/iommu";

  private final SystemCalls calls;
  private final Ioctls ioctls;
  private final Function<Bdf, @Nullable String> nameOf;
  private final Set<Integer> devices = new HashSet<>();
  private @Nullable Iommu iommu;

  /** An open iommufd and the address space in it. */
  private record Iommu(int descriptor, int ioas) {}

  /**
   * @param nameOf a device's file in {@code /dev/vfio/devices}, null where it has none
   */
  CharacterDeviceOpener(SystemCalls calls, Ioctls ioctls, Function<Bdf, @Nullable String> nameOf) {
    this.calls = calls;
    this.ioctls = ioctls;
    this.nameOf = nameOf;
  }

  @Override
  public int open(Bdf device) {
    String name = nameOf.apply(device);
    if (name == null) {
      throw new VfioException(
          "finding the VFIO character device of " + device, Errno.ENOENT.number());
    }
    String path = "/dev/vfio/devices/" + name;
    try (Undo undo = new Undo()) {
      Iommu joined = iommu == null ? openIommu(undo) : iommu;
      int descriptor = check("open " + path, calls.open(path, Uapi.O_RDWR | Uapi.O_CLOEXEC));
      undo.add(() -> calls.close(descriptor));
      ioctls.bind(descriptor, joined.descriptor);
      ioctls.attach(descriptor, joined.ioas);
      devices.add(descriptor);
      iommu = joined;
      undo.forget();
      return descriptor;
    }
  }

  @Override
  public int close(int descriptor) {
    int result = calls.close(descriptor);
    devices.remove(descriptor);
    if (devices.isEmpty() && iommu != null) {
      calls.close(iommu.descriptor);
      iommu = null;
    }
    return result;
  }

  private Iommu openIommu(Undo undo) {
    int opened = check("open " + IOMMUFD, calls.open(IOMMUFD, Uapi.O_RDWR | Uapi.O_CLOEXEC));
    undo.add(() -> calls.close(opened));
    return new Iommu(opened, ioctls.allocateIoas(opened));
  }
}

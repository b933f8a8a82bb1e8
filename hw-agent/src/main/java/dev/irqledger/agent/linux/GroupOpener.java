package dev.irqledger.agent.linux;

import static dev.irqledger.agent.linux.SystemCalls.check;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * The way by groups: {@code /dev/vfio/GROUP} is joined to a container with a type 1 IOMMU and then
 * gives its devices' descriptors. A group can be opened once, so its devices share it, and all
 * groups share one container ({@code Documentation/driver-api/vfio.rst}).
 */
final class GroupOpener implements DeviceOpener {
  private static final String CONTAINER = "/dev/vfio/vfio";
  private static final int NOT_OPEN = -1;

  private final SystemCalls calls;
  private final Ioctls ioctls;
  private final ToIntFunction<Bdf> groupOf;
  private final Map<Integer, Group> groups = new HashMap<>();
  private final Map<Integer, Group> groupOfDescriptor = new HashMap<>();
  private int container = NOT_OPEN;

  /** A group that is joined, and its open devices' descriptors. */
  private record Group(int number, int descriptor, Set<Integer> devices) {}

  /**
   * @param groupOf a device's IOMMU group
   */
  GroupOpener(SystemCalls calls, Ioctls ioctls, ToIntFunction<Bdf> groupOf) {
    this.calls = calls;
    this.ioctls = ioctls;
    this.groupOf = groupOf;
  }

  @Override
  public int open(Bdf device) {
    int number = groupOf.applyAsInt(device);
    try (Undo undo = new Undo()) {
      Group known = groups.get(number);
      Group group = known == null ? join(number, undo) : known;
      int descriptor = ioctls.deviceDescriptor(group.descriptor, device);
      undo.add(() -> calls.close(descriptor));
      group.devices.add(descriptor);
      groupOfDescriptor.put(descriptor, group);
      undo.forget();
      return descriptor;
    }
  }

  @Override
  public int close(int descriptor) {
    int result = calls.close(descriptor);
    Group group = groupOfDescriptor.remove(descriptor);
    if (group != null) {
      group.devices.remove(descriptor);
      leaveIfUnused(group);
    }
    return result;
  }

  private Group join(int number, Undo undo) {
    String path = "/dev/vfio/" + number;
    int descriptor = check("open " + path, calls.open(path, Uapi.O_RDWR | Uapi.O_CLOEXEC));
    undo.add(() -> calls.close(descriptor));
    if ((ioctls.groupStatus(descriptor) & Uapi.VFIO_GROUP_FLAGS_VIABLE) == 0) {
      throw new VfioException(
          "taking IOMMU group " + number + ", of which a driver still uses a device,",
          Errno.EPERM.number());
    }
    if (container == NOT_OPEN) {
      openContainer(descriptor, undo);
    } else {
      ioctls.setContainer(descriptor, container);
    }
    Group group = new Group(number, descriptor, new HashSet<>());
    groups.put(number, group);
    undo.add(() -> groups.remove(number));
    return group;
  }

  /** A container gets its IOMMU after its first group, and before any device. */
  private void openContainer(int firstGroup, Undo undo) {
    int opened = check("open " + CONTAINER, calls.open(CONTAINER, Uapi.O_RDWR | Uapi.O_CLOEXEC));
    undo.add(() -> calls.close(opened));
    int version = ioctls.apiVersion(opened);
    if (version != Uapi.VFIO_API_VERSION) {
      throw new VfioException("using VFIO's API version " + version, Errno.EINVAL.number());
    }
    int type = iommuType(opened);
    ioctls.setContainer(firstGroup, opened);
    ioctls.setIommu(opened, type);
    container = opened;
    undo.add(() -> container = NOT_OPEN);
  }

  private int iommuType(int opened) {
    if (ioctls.hasExtension(opened, Uapi.VFIO_TYPE1v2_IOMMU)) {
      return Uapi.VFIO_TYPE1v2_IOMMU;
    }
    if (ioctls.hasExtension(opened, Uapi.VFIO_TYPE1_IOMMU)) {
      return Uapi.VFIO_TYPE1_IOMMU;
    }
    throw new VfioException(
        "finding a type 1 IOMMU (module vfio_iommu_type1)", Errno.ENODEV.number());
  }

  /** With its descriptor a group leaves its container. */
  private void leaveIfUnused(Group group) {
    if (group.devices.isEmpty()) {
      calls.close(group.descriptor);
      groups.remove(group.number);
    }
    if (groups.isEmpty()) {
      calls.close(container);
      container = NOT_OPEN;
    }
  }
}

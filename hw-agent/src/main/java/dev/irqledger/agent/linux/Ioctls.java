package dev.irqledger.agent.linux;

import static dev.irqledger.agent.linux.SystemCalls.check;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * VFIO's ioctls, one method each, from and to the core's types. All but {@link #setIrqs} and {@link
 * #reset} throw VfioException where the kernel returns an errno.
 */
final class Ioctls {
  private static final MemorySegment NO_ARGUMENT = MemorySegment.NULL;

  private static final long STATUS_FLAGS = Uapi.offset(Uapi.VFIO_GROUP_STATUS, "flags");
  private static final long INFO_FLAGS = Uapi.offset(Uapi.VFIO_DEVICE_INFO, "flags");
  private static final long INFO_REGIONS = Uapi.offset(Uapi.VFIO_DEVICE_INFO, "num_regions");
  private static final long INFO_IRQS = Uapi.offset(Uapi.VFIO_DEVICE_INFO, "num_irqs");
  private static final long IRQ_FLAGS = Uapi.offset(Uapi.VFIO_IRQ_INFO, "flags");
  private static final long IRQ_COUNT = Uapi.offset(Uapi.VFIO_IRQ_INFO, "count");
  private static final long IOAS_ID = Uapi.offset(Uapi.IOMMU_IOAS, "out_ioas_id");

  private final SystemCalls calls;
  private final OwnThreads threads;

  /**
   * @param threads where the threads that make calls are entered
   */
  Ioctls(SystemCalls calls, OwnThreads threads) {
    this.calls = calls;
    this.threads = threads;
  }

  int apiVersion(int container) {
    return check("VFIO_GET_API_VERSION", ioctl(container, Uapi.VFIO_GET_API_VERSION, NO_ARGUMENT));
  }

  boolean hasExtension(int container, int extension) {
    int result = ioctl(container, Uapi.VFIO_CHECK_EXTENSION, MemorySegment.ofAddress(extension));
    return check("VFIO_CHECK_EXTENSION", result) > 0;
  }

  void setIommu(int container, int type) {
    check("VFIO_SET_IOMMU", ioctl(container, Uapi.VFIO_SET_IOMMU, MemorySegment.ofAddress(type)));
  }

  /** {@code VFIO_GROUP_FLAGS_*} bits. */
  int groupStatus(int group) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = sized(arena, Uapi.VFIO_GROUP_STATUS);
      check("VFIO_GROUP_GET_STATUS", ioctl(group, Uapi.VFIO_GROUP_GET_STATUS, status));
      return status.get(JAVA_INT, STATUS_FLAGS);
    }
  }

  void setContainer(int group, int container) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment descriptor = arena.allocateFrom(JAVA_INT, container);
      check("VFIO_GROUP_SET_CONTAINER", ioctl(group, Uapi.VFIO_GROUP_SET_CONTAINER, descriptor));
    }
  }

  /** A device's descriptor, which the kernel makes with O_CLOEXEC. */
  int deviceDescriptor(int group, Bdf device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(device.text());
      return check("VFIO_GROUP_GET_DEVICE_FD", ioctl(group, Uapi.VFIO_GROUP_GET_DEVICE_FD, name));
    }
  }

  void bind(int device, int iommufd) {
    try (Arena arena = Arena.ofConfined()) {
      int size = (int) Uapi.VFIO_DEVICE_BIND.byteSize();
      MemorySegment bind = arena.allocateFrom(JAVA_INT, size, 0, iommufd, 0);
      check("VFIO_DEVICE_BIND_IOMMUFD", ioctl(device, Uapi.VFIO_DEVICE_BIND_IOMMUFD, bind));
    }
  }

  /** Makes an I/O address space and gives its number in that iommufd. */
  int allocateIoas(int iommufd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ioas = sized(arena, Uapi.IOMMU_IOAS);
      check("IOMMU_IOAS_ALLOC", ioctl(iommufd, Uapi.IOMMU_IOAS_ALLOC, ioas));
      return ioas.get(JAVA_INT, IOAS_ID);
    }
  }

  void attach(int device, int ioas) {
    try (Arena arena = Arena.ofConfined()) {
      int size = (int) Uapi.VFIO_DEVICE_ATTACH.byteSize();
      MemorySegment attach = arena.allocateFrom(JAVA_INT, size, 0, ioas);
      check(
          "VFIO_DEVICE_ATTACH_IOMMUFD_PT",
          ioctl(device, Uapi.VFIO_DEVICE_ATTACH_IOMMUFD_PT, attach));
    }
  }

  DeviceInfo deviceInfo(int device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = sized(arena, Uapi.VFIO_DEVICE_INFO);
      check("VFIO_DEVICE_GET_INFO", ioctl(device, Uapi.VFIO_DEVICE_GET_INFO, info));
      return new DeviceInfo(
          info.get(JAVA_INT, INFO_FLAGS),
          info.get(JAVA_INT, INFO_REGIONS),
          info.get(JAVA_INT, INFO_IRQS));
    }
  }

  /** Count 0 also where the kernel refuses the index: ERR of a device that is not PCI Express. */
  IrqIndexInfo irqInfo(int device, IrqIndex index) {
    try (Arena arena = Arena.ofConfined()) {
      int size = (int) Uapi.VFIO_IRQ_INFO.byteSize();
      MemorySegment info = arena.allocateFrom(JAVA_INT, size, 0, index.number(), 0);
      int result = ioctl(device, Uapi.VFIO_DEVICE_GET_IRQ_INFO, info);
      if (result == Errno.EINVAL.result()) {
        return new IrqIndexInfo(0, 0);
      }
      check("VFIO_DEVICE_GET_IRQ_INFO", result);
      return new IrqIndexInfo(info.get(JAVA_INT, IRQ_COUNT), info.get(JAVA_INT, IRQ_FLAGS));
    }
  }

  /**
   * The call as it stands. {@code argsz} tells how many data there are, not how many the count
   * needs: so the kernel itself refuses a count beyond them, and never reads past them.
   */
  int setIrqs(int device, SetIrqs call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = data(arena, call.data());
      long header = Uapi.VFIO_IRQ_SET.byteSize();
      int size = Math.toIntExact(header + data.byteSize());
      MemorySegment set = arena.allocate(size, Integer.BYTES);
      MemorySegment.copy(
          new int[] {
            size, call.flags(), (int) call.index(), (int) call.start(), (int) call.count()
          },
          0,
          set,
          JAVA_INT,
          0,
          Uapi.VFIO_IRQ_SET.memberLayouts().size());
      MemorySegment.copy(data, 0, set, header, data.byteSize());
      return ioctl(device, Uapi.VFIO_DEVICE_SET_IRQS, set);
    }
  }

  int reset(int device) {
    return ioctl(device, Uapi.VFIO_DEVICE_RESET, NO_ARGUMENT);
  }

  private static MemorySegment data(Arena arena, IrqSetData data) {
    return switch (data) {
      case IrqSetData.NoData _ -> MemorySegment.NULL;
      case IrqSetData.Bools bools -> arena.allocateFrom(JAVA_BYTE, bools.toArray());
      case IrqSetData.Eventfds fds -> arena.allocateFrom(JAVA_INT, fds.toArray());
    };
  }

  /** A structure of zeros but for its first member: its size. */
  private static MemorySegment sized(Arena arena, StructLayout layout) {
    MemorySegment structure = arena.allocate(layout);
    structure.set(JAVA_INT, 0, (int) layout.byteSize());
    return structure;
  }

  private int ioctl(int fd, int request, MemorySegment argument) {
    threads.enter();
    return calls.ioctl(fd, request, argument);
  }
}

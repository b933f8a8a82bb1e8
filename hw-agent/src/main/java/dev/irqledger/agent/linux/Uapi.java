package dev.irqledger.agent.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.util.Arrays;

/**
 * Numbers and structures of {@code linux/vfio.h}, {@code linux/iommufd.h}, {@code fcntl.h}, {@code
 * sys/eventfd.h} and {@code sys/epoll.h}, under their names there. A structure has the members up
 * to the last one that is used: the kernel is told its size and takes shorter ones.
 */
final class Uapi {
  static final int O_RDONLY = 0;
  static final int O_RDWR = 2;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int EFD_NONBLOCK = 0x800;
  static final int EFD_CLOEXEC = 0x80000;
  static final int EPOLL_CLOEXEC = 0x80000;
  static final int EPOLL_CTL_ADD = 1;
  static final int EPOLLIN = 1;

  static final int VFIO_API_VERSION = 0;
  static final int VFIO_TYPE1_IOMMU = 1;
  static final int VFIO_TYPE1v2_IOMMU = 3;
  static final int VFIO_GROUP_FLAGS_VIABLE = 1;
  static final int VFIO_DEVICE_FLAGS_RESET = 1;
  static final int VFIO_DEVICE_FLAGS_PCI = 2;

  static final int VFIO_GET_API_VERSION = vfio(0);
  static final int VFIO_CHECK_EXTENSION = vfio(1);
  static final int VFIO_SET_IOMMU = vfio(2);
  static final int VFIO_GROUP_GET_STATUS = vfio(3);
  static final int VFIO_GROUP_SET_CONTAINER = vfio(4);
  static final int VFIO_GROUP_GET_DEVICE_FD = vfio(6);
  static final int VFIO_DEVICE_GET_INFO = vfio(7);
  static final int VFIO_DEVICE_GET_IRQ_INFO = vfio(9);
  static final int VFIO_DEVICE_SET_IRQS = vfio(10);
  static final int VFIO_DEVICE_RESET = vfio(11);
  static final int VFIO_DEVICE_BIND_IOMMUFD = vfio(18);
  static final int VFIO_DEVICE_ATTACH_IOMMUFD_PT = vfio(19);
  static final int IOMMU_IOAS_ALLOC = io(0x81);

  static final StructLayout VFIO_GROUP_STATUS = ints("vfio_group_status", "argsz", "flags");
  static final StructLayout VFIO_DEVICE_INFO =
      ints("vfio_device_info", "argsz", "flags", "num_regions", "num_irqs");
  static final StructLayout VFIO_IRQ_INFO =
      ints("vfio_irq_info", "argsz", "flags", "index", "count");

  /** Its data follow it. */
  static final StructLayout VFIO_IRQ_SET =
      ints("vfio_irq_set", "argsz", "flags", "index", "start", "count");

  static final StructLayout VFIO_DEVICE_BIND =
      ints("vfio_device_bind_iommufd", "argsz", "flags", "iommufd", "out_devid");
  static final StructLayout VFIO_DEVICE_ATTACH =
      ints("vfio_device_attach_iommufd_pt", "argsz", "flags", "pt_id");
  static final StructLayout IOMMU_IOAS = ints("iommu_ioas_alloc", "size", "flags", "out_ioas_id");

  /** Packed on x86-64 only, so that programs of 32 bits have the same there. */
  static final StructLayout EPOLL_EVENT =
      System.getProperty("os.arch").equals("amd64")
          ? MemoryLayout.structLayout(
                  JAVA_INT.withName("events"), JAVA_LONG_UNALIGNED.withName("data"))
              .withName("epoll_event")
          : MemoryLayout.structLayout(
                  JAVA_INT.withName("events"),
                  MemoryLayout.paddingLayout(Integer.BYTES),
                  JAVA_LONG.withName("data"))
              .withName("epoll_event");

  private Uapi() {}

  /** Where a member lies, in bytes from the structure's beginning. */
  static long offset(StructLayout structure, String member) {
    return structure.byteOffset(PathElement.groupElement(member));
  }

  private static int vfio(int number) {
    return io(100 + number);
  }

  /**
   * {@code _IO(';', number)}, as {@code asm-generic/ioctl.h} has it: so on x86-64 and ARM, not on
   * POWER.
   */
  private static int io(int number) {
    return ';' << 8 | number;
  }

  private static StructLayout ints(String name, String... members) {
    return MemoryLayout.structLayout(
            Arrays.stream(members).map(JAVA_INT::withName).toArray(MemoryLayout[]::new))
        .withName(name);
  }
}

package dev.irqledger.agent.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.irqledger.core.device.Errno;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A kernel with VFIO's files, in memory. It keeps the kernel's order of steps, knows which
 * descriptors are open, and lets the n-th call fail.
 */
final class FakeLinux implements SystemCalls {
  static final int FAILURE = Errno.EIO.result();
  private static final int IOAS = 42;

  /** What is open, by descriptor. */
  final Map<Integer, File> open = new TreeMap<>();

  final Set<String> files = new HashSet<>();
  final List<String> opened = new ArrayList<>();

  /** What {@code VFIO_DEVICE_SET_IRQS} got, as bytes. */
  final List<byte[]> sets = new ArrayList<>();

  /** Which type 1 IOMMUs there are. */
  Set<Integer> extensions = Set.of(Uapi.VFIO_TYPE1v2_IOMMU, Uapi.VFIO_TYPE1_IOMMU);

  int apiVersion = Uapi.VFIO_API_VERSION;
  int groupFlags = Uapi.VFIO_GROUP_FLAGS_VIABLE;
  int deviceFlags = Uapi.VFIO_DEVICE_FLAGS_PCI | Uapi.VFIO_DEVICE_FLAGS_RESET;
  int setResult;
  int iommuType;
  int failAt;
  int made;
  int badCloses;
  private int nextDescriptor = 100;

  static final class File {
    final String path;
    File container;
    boolean ready;
    long counter;

    File(String path) {
      this.path = path;
    }
  }

  FakeLinux(String... files) {
    this.files.addAll(List.of(files));
    this.files.add("/dev/null");
  }

  List<String> openPaths() {
    return open.values().stream().map(file -> file.path).sorted().toList();
  }

  @Override
  public int open(String path, int flags) {
    if (fails()) {
      return FAILURE;
    }
    if (!files.contains(path)) {
      return Errno.ENOENT.result();
    }
    boolean isGroup = path.matches("/dev/vfio/[0-9]+");
    if (isGroup && openPaths().contains(path)) {
      return Errno.EBUSY.result();
    }
    if ((flags & Uapi.O_CLOEXEC) == 0) {
      throw new AssertionError(path + " would leak into child processes");
    }
    return give(new File(path));
  }

  @Override
  public int close(int fd) {
    boolean fails = fails();
    if (open.remove(fd) == null) {
      badCloses++;
      return Errno.EBADF.result();
    }
    return fails ? FAILURE : 0;
  }

  @Override
  public int read(int fd, MemorySegment buffer) {
    if (fails()) {
      return FAILURE;
    }
    File file = open.get(fd);
    if (file.counter == 0) {
      return Errno.EAGAIN.result();
    }
    buffer.set(JAVA_LONG, 0, file.counter);
    file.counter = 0;
    return Long.BYTES;
  }

  @Override
  public int write(int fd, MemorySegment bytes) {
    return fails() ? FAILURE : (int) bytes.byteSize();
  }

  @Override
  public int ioctl(int fd, int request, MemorySegment argument) {
    if (fails()) {
      return FAILURE;
    }
    File file = open.get(fd);
    return switch (file.path) {
      case "/dev/vfio/vfio" -> container(file, request, argument);
      case "/dev/iommu" -> iommu(request, argument);
      default ->
          file.path.matches("/dev/vfio/[0-9]+")
              ? group(file, request, argument)
              : device(file, request, argument);
    };
  }

  @Override
  public int eventfd(int counter, int flags) {
    if (flags != (Uapi.EFD_CLOEXEC | Uapi.EFD_NONBLOCK)) {
      throw new AssertionError("an eventfd that leaks or waits");
    }
    return fails() ? FAILURE : give(new File("eventfd"));
  }

  @Override
  public int epollCreate(int flags) {
    return fails() ? FAILURE : give(new File("epoll"));
  }

  @Override
  public int epollCtl(int epoll, int operation, int fd, MemorySegment event) {
    return fails() ? FAILURE : 0;
  }

  @Override
  public int epollWait(int epoll, MemorySegment events, int timeoutMs) {
    return fails() ? FAILURE : 0;
  }

  @Override
  public int gettid() {
    return (int) Thread.currentThread().threadId();
  }

  private int container(File file, int request, MemorySegment argument) {
    int number = (int) argument.address();
    if (request == Uapi.VFIO_GET_API_VERSION) {
      return apiVersion;
    }
    if (request == Uapi.VFIO_CHECK_EXTENSION) {
      return extensions.contains(number) ? 1 : 0;
    }
    boolean hasGroup = open.values().stream().anyMatch(group -> group.container == file);
    if (request == Uapi.VFIO_SET_IOMMU && hasGroup && !file.ready) {
      file.ready = true;
      iommuType = number;
      return 0;
    }
    return Errno.EINVAL.result();
  }

  private int group(File file, int request, MemorySegment argument) {
    if (request == Uapi.VFIO_GROUP_GET_STATUS) {
      return put(argument, Uapi.VFIO_GROUP_STATUS.byteSize(), 1, groupFlags);
    }
    if (request == Uapi.VFIO_GROUP_SET_CONTAINER) {
      File container = open.get(argument.get(JAVA_INT, 0));
      if (file.container != null || !container.path.equals("/dev/vfio/vfio")) {
        return Errno.EINVAL.result();
      }
      file.container = container;
      return 0;
    }
    boolean ready = file.container != null && file.container.ready;
    if (request == Uapi.VFIO_GROUP_GET_DEVICE_FD && ready) {
      File device = new File(argument.getString(0));
      device.ready = true;
      return give(device);
    }
    return Errno.EINVAL.result();
  }

  private int iommu(int request, MemorySegment argument) {
    return request == Uapi.IOMMU_IOAS_ALLOC
        ? put(argument, Uapi.IOMMU_IOAS.byteSize(), 2, IOAS)
        : Errno.ENOTTY.result();
  }

  private int device(File file, int request, MemorySegment argument) {
    if (request == Uapi.VFIO_DEVICE_BIND_IOMMUFD) {
      file.container = open.get(argument.getAtIndex(JAVA_INT, 2));
      return file.container.path.equals("/dev/iommu") ? 0 : Errno.EBADF.result();
    }
    if (request == Uapi.VFIO_DEVICE_ATTACH_IOMMUFD_PT) {
      file.ready = file.container != null && argument.getAtIndex(JAVA_INT, 2) == IOAS;
      return file.ready ? 0 : Errno.EINVAL.result();
    }
    if (!file.ready) {
      return Errno.EINVAL.result();
    }
    if (request == Uapi.VFIO_DEVICE_GET_INFO) {
      put(argument, Uapi.VFIO_DEVICE_INFO.byteSize(), 1, deviceFlags);
      argument.setAtIndex(JAVA_INT, 2, 9);
      return put(argument, Uapi.VFIO_DEVICE_INFO.byteSize(), 3, 5);
    }
    if (request == Uapi.VFIO_DEVICE_GET_IRQ_INFO) {
      int index = argument.getAtIndex(JAVA_INT, 2);
      argument.setAtIndex(JAVA_INT, 1, 9);
      // as a device that is not PCI Express answers of ERR
      return index == 3
          ? Errno.EINVAL.result()
          : put(argument, Uapi.VFIO_IRQ_INFO.byteSize(), 3, index + 1);
    }
    if (request == Uapi.VFIO_DEVICE_SET_IRQS) {
      sets.add(argument.toArray(JAVA_BYTE));
      return setResult;
    }
    return request == Uapi.VFIO_DEVICE_RESET ? 0 : Errno.ENOTTY.result();
  }

  private static int put(MemorySegment argument, long size, int index, int value) {
    if (argument.get(JAVA_INT, 0) != size || argument.byteSize() != size) {
      return Errno.EINVAL.result();
    }
    argument.setAtIndex(JAVA_INT, index, value);
    return 0;
  }

  private int give(File file) {
    int descriptor = nextDescriptor++;
    open.put(descriptor, file);
    opened.add(file.path);
    return descriptor;
  }

  private boolean fails() {
    return ++made == failAt;
  }
}

package dev.irqledger.agent.linux;

import static dev.irqledger.agent.linux.SystemCalls.check;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.irqledger.agent.sysfs.Sysfs;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.KernelView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The running kernel. It touches no descriptor but those that it gave out: a wrong number reaches
 * none of the JVM's own files. Calls on devices run beside each other; an opening or a closing
 * waits for them and they for it, so that no number becomes another file's during a call.
 */
public final class LinuxVfio implements Vfio {
  private final Sysfs sysfs;
  private final Access access;
  private final SystemCalls calls;
  private final OwnThreads threads;
  private final Ioctls ioctls;
  private final DeviceOpener groups;
  private final DeviceOpener characterDevices;
  private final Lock using;
  private final Lock changing;

  /** By number; devices come to be closed before what they signal, whatever their numbers. */
  private final TreeMap<Integer, Descriptor> open = new TreeMap<>();

  private sealed interface Descriptor {
    record Device(DeviceOpener opener) implements Descriptor {}

    record Eventfd() implements Descriptor {}

    record Null() implements Descriptor {}
  }

  /**
   * @param sysfs the running kernel's, to look at devices and to find their groups
   */
  public LinuxVfio(Sysfs sysfs, Access access) {
    this(sysfs, access, new Libc());
  }

  LinuxVfio(Sysfs sysfs, Access access, SystemCalls calls) {
    this.sysfs = sysfs;
    this.access = access;
    this.calls = calls;
    this.threads = new OwnThreads(calls);
    this.ioctls = new Ioctls(calls, threads);
    this.groups = new GroupOpener(calls, ioctls, sysfs::iommuGroup);
    this.characterDevices = new CharacterDeviceOpener(calls, ioctls, sysfs::vfioCdev);
    ReadWriteLock lock = new ReentrantReadWriteLock();
    this.using = lock.readLock();
    this.changing = lock.writeLock();
  }

  /**
   * True for a thread that made VFIO calls through this object, by the kernel's number of it
   * ({@code gettid}), which is what a probe sees as the caller. A thread is known before its first
   * call reaches the kernel. It stays known after its end, when the kernel may give its number to
   * another program's thread: make calls from threads that last.
   */
  public boolean isOwnThread(int tid) {
    return threads.contains(tid);
  }

  /** All threads of which {@link #isOwnThread} is true by now. */
  public Set<Integer> ownThreads() {
    return threads.numbers();
  }

  @Override
  public KernelRelease kernelRelease() {
    return sysfs.kernelRelease();
  }

  @Override
  public String bootId() {
    return sysfs.bootId();
  }

  @Override
  public DeviceIdentity identity(Bdf device) {
    return sysfs.identity(device);
  }

  @Override
  public KernelView look(Bdf device, int from, int to) {
    return sysfs.look(device, from, to);
  }

  /**
   * {@inheritDoc}
   *
   * @throws VfioException also if the device is none of PCI (ENODEV)
   */
  @Override
  public int openDevice(Bdf device) {
    return locked(
        changing,
        () ->
            switch (access) {
              case GROUP -> open(device, groups);
              case CHARACTER_DEVICE -> open(device, characterDevices);
              case AUTO -> openAnyWay(device);
            });
  }

  private int openAnyWay(Bdf device) {
    try {
      return open(device, groups);
    } catch (VfioException e) {
      boolean noGroups = e.errno() == Errno.ENOENT.number();
      if (noGroups && sysfs.vfioCdev(device) != null) {
        return open(device, characterDevices);
      }
      throw e;
    }
  }

  private int open(Bdf device, DeviceOpener opener) {
    try (Undo undo = new Undo()) {
      int descriptor = opener.open(device);
      undo.add(() -> opener.close(descriptor));
      if (!ioctls.deviceInfo(descriptor).isPci()) {
        throw new VfioException("taking " + device + " for a PCI device", Errno.ENODEV.number());
      }
      open.put(descriptor, new Descriptor.Device(opener));
      undo.forget();
      return descriptor;
    }
  }

  /**
   * {@code VFIO_DEVICE_GET_INFO}.
   *
   * @throws VfioException if the descriptor is no device
   */
  public DeviceInfo deviceInfo(int device) {
    return locked(
        using,
        () -> {
          check("VFIO_DEVICE_GET_INFO", deviceErrno(device));
          return ioctls.deviceInfo(device);
        });
  }

  @Override
  public IrqIndexInfo irqInfo(int device, IrqIndex index) {
    return locked(
        using,
        () -> {
          check("VFIO_DEVICE_GET_IRQ_INFO", deviceErrno(device));
          return ioctls.irqInfo(device, index);
        });
  }

  @Override
  public int setIrqs(int device, SetIrqs call) {
    return locked(
        using,
        () -> {
          int refused = deviceErrno(device);
          return refused < 0 ? refused : ioctls.setIrqs(device, call);
        });
  }

  @Override
  public int reset(int device) {
    return locked(
        using,
        () -> {
          int refused = deviceErrno(device);
          return refused < 0 ? refused : ioctls.reset(device);
        });
  }

  @Override
  public int eventfd() {
    return locked(
        changing,
        () -> {
          int made = check("eventfd", calls.eventfd(0, Uapi.EFD_NONBLOCK | Uapi.EFD_CLOEXEC));
          open.put(made, new Descriptor.Eventfd());
          return made;
        });
  }

  @Override
  public long readEventfd(int descriptor) {
    return locked(
        using,
        () -> {
          // to read anything else might take bytes from it, or read a device's registers
          check("reading an eventfd", eventfdErrno(descriptor));
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment counter = arena.allocate(JAVA_LONG);
            int result = calls.read(descriptor, counter);
            if (result != Errno.EAGAIN.result()) {
              check("reading an eventfd", result);
            }
            return counter.get(JAVA_LONG, 0);
          }
        });
  }

  @Override
  public int openNull() {
    return locked(
        changing,
        () -> {
          int opened =
              check("open /dev/null", calls.open("/dev/null", Uapi.O_RDWR | Uapi.O_CLOEXEC));
          open.put(opened, new Descriptor.Null());
          return opened;
        });
  }

  @Override
  public void closeDescriptor(int descriptor) {
    locked(changing, () -> check("close", close(descriptor, open.remove(descriptor))));
  }

  @Override
  public void close() {
    locked(
        changing,
        () -> {
          List<Integer> order = new ArrayList<>(open.keySet());
          order.sort((a, b) -> Boolean.compare(isDevice(b), isDevice(a)));
          order.forEach(descriptor -> close(descriptor, open.remove(descriptor)));
          return 0;
        });
  }

  private int close(int descriptor, @Nullable Descriptor kind) {
    return switch (kind) {
      case null -> Errno.EBADF.result();
      case Descriptor.Device(DeviceOpener opener) -> {
        threads.enter(); // the kernel's own disable runs in the thread that closes
        yield opener.close(descriptor);
      }
      case Descriptor.Eventfd _, Descriptor.Null _ -> calls.close(descriptor);
    };
  }

  private boolean isDevice(int descriptor) {
    return open.get(descriptor) instanceof Descriptor.Device;
  }

  /** 0 for a device, else what the kernel returns to a device's ioctl on such a descriptor. */
  private int deviceErrno(int descriptor) {
    return switch (open.get(descriptor)) {
      case null -> Errno.EBADF.result();
      case Descriptor.Device _ -> 0;
      case Descriptor.Eventfd _, Descriptor.Null _ -> Errno.ENOTTY.result();
    };
  }

  /** 0 for an eventfd, else a negated errno. */
  private int eventfdErrno(int descriptor) {
    return switch (open.get(descriptor)) {
      case null -> Errno.EBADF.result();
      case Descriptor.Eventfd _ -> 0;
      case Descriptor.Device _, Descriptor.Null _ -> Errno.EINVAL.result();
    };
  }

  private static <T> T locked(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}

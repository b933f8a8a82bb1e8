package dev.irqledger.agent.vfio;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.ResetDevice;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.rule.Outcome;
import dev.irqledger.core.state.Change;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One process on a {@link ModelledHost}: its table of descriptors, and the calls it makes. To close
 * it is the process's death: the host releases the devices that it held.
 */
public final class ModelledVfio implements Vfio {
  /** Below are the standard streams. */
  private static final int FIRST_DESCRIPTOR = 3;

  private final ModelledHost host;
  private final Map<Integer, Descriptor> open = new HashMap<>();
  private final BitSet numbers = new BitSet();

  private sealed interface Descriptor {
    record Device(Bdf bdf) implements Descriptor {}

    record Null() implements Descriptor {}

    final class Eventfd implements Descriptor {
      private long counter;
    }
  }

  ModelledVfio(ModelledHost host) {
    this.host = host;
    numbers.set(0, FIRST_DESCRIPTOR);
  }

  @Override
  public KernelRelease kernelRelease() {
    return host.kernel();
  }

  @Override
  public String bootId() {
    return host.bootId();
  }

  @Override
  public DeviceIdentity identity(Bdf device) {
    return host.device(device).identity();
  }

  @Override
  public synchronized int openDevice(Bdf device) {
    host.open(device);
    return add(new Descriptor.Device(device));
  }

  @Override
  public synchronized IrqIndexInfo irqInfo(int device, IrqIndex index) {
    if (open.get(device) instanceof Descriptor.Device(Bdf bdf)) {
      return host.device(bdf).capabilities().of(index);
    }
    throw new VfioException("irq info", -notADevice(device));
  }

  @Override
  public synchronized int setIrqs(int device, SetIrqs call) {
    if (!(open.get(device) instanceof Descriptor.Device(Bdf bdf))) {
      return notADevice(device);
    }
    Outcome outcome = host.apply(bdf, call, this::eventfdErrno);
    for (Change.EventfdSignalled signal : outcome.signals()) {
      if (open.get(signal.fd()) instanceof Descriptor.Eventfd eventfd) {
        eventfd.counter++;
      } // of an eventfd that was closed meanwhile nobody can read the counter any more
    }
    return outcome.result();
  }

  @Override
  public synchronized int reset(int device) {
    return open.get(device) instanceof Descriptor.Device(Bdf bdf)
        ? host.apply(bdf, new ResetDevice(), _ -> 0).result()
        : notADevice(device);
  }

  @Override
  public synchronized int eventfd() {
    return add(new Descriptor.Eventfd());
  }

  @Override
  public synchronized long readEventfd(int descriptor) {
    if (open.get(descriptor) instanceof Descriptor.Eventfd eventfd) {
      long counter = eventfd.counter;
      eventfd.counter = 0;
      return counter;
    }
    throw new VfioException("reading an eventfd", -eventfdErrno(descriptor));
  }

  @Override
  public synchronized int openNull() {
    return add(new Descriptor.Null());
  }

  /**
   * {@inheritDoc}
   *
   * <p>An eventfd's number is not given out again, since a device may still have it as a trigger.
   */
  @Override
  public synchronized void closeDescriptor(int descriptor) {
    switch (open.remove(descriptor)) {
      case null -> throw new VfioException("close", Errno.EBADF);
      case Descriptor.Device(Bdf bdf) -> {
        numbers.clear(descriptor);
        host.release(bdf);
      }
      case Descriptor.Null() -> numbers.clear(descriptor);
      case Descriptor.Eventfd _ -> {}
    }
  }

  @Override
  public KernelView look(Bdf device, int from, int to) {
    return host.look(device, from, to);
  }

  @Override
  public synchronized void close() {
    for (Descriptor descriptor : open.values()) {
      if (descriptor instanceof Descriptor.Device(Bdf bdf)) {
        host.release(bdf);
      }
    }
    open.clear();
  }

  private int add(Descriptor descriptor) {
    int number = numbers.nextClearBit(0);
    numbers.set(number);
    open.put(number, descriptor);
    return number;
  }

  private int eventfdErrno(int number) {
    return switch (open.get(number)) {
      case null -> Errno.EBADF.result();
      case Descriptor.Eventfd _ -> 0;
      case Descriptor.Device _, Descriptor.Null _ -> Errno.EINVAL.result();
    };
  }

  /** What a device's ioctl returns on a descriptor that is none. */
  private int notADevice(int number) {
    @Nullable Descriptor other = open.get(number);
    return other == null ? Errno.EBADF.result() : Errno.ENOTTY.result();
  }
}

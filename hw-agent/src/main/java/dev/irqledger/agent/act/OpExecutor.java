package dev.irqledger.agent.act;

import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.recordings.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out operations on one device. Each gives one event, failed ones too: what they returned,
 * how long they took, and what the kernel shows after them. One thread at a time may use it.
 */
public final class OpExecutor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpExecutor.class);

  /** As a descriptor: closed for everybody. */
  private static final int NOT_OPEN = -1;

  private final Vfio vfio;
  private final Bdf device;
  private final BiFunction<Bdf, VfioException, String> explain;
  private final LongSupplier nanoTime;
  private final ScriptDescriptors descriptors;

  /** Read by other threads that ask whether the device is open. */
  private volatile int descriptor = NOT_OPEN;

  private InterruptMode mode = InterruptMode.NONE;

  /**
   * @param explain words for a refusal: the cause and the remedy
   */
  public OpExecutor(Vfio vfio, Bdf device, BiFunction<Bdf, VfioException, String> explain) {
    this(vfio, device, explain, System::nanoTime);
  }

  /**
   * @param explain words for a refusal: the cause and the remedy
   * @param nanoTime measures how long calls take, in nanoseconds from any beginning
   */
  public OpExecutor(
      Vfio vfio,
      Bdf device,
      BiFunction<Bdf, VfioException, String> explain,
      LongSupplier nanoTime) {
    this.vfio = vfio;
    this.device = device;
    this.explain = explain;
    this.nanoTime = nanoTime;
    this.descriptors = new ScriptDescriptors(vfio);
  }

  public Bdf device() {
    return device;
  }

  public boolean isOpen() {
    return descriptor != NOT_OPEN;
  }

  /**
   * Carries out an operation.
   *
   * @return what happened; {@link CommandRefused} where nothing did, since the device or an eventfd
   *     could not be opened or closed
   */
  public EventBody execute(Op op) {
    try {
      return switch (op) {
        case Op.Open() -> open();
        case Op.Close() -> release();
        case Op.Reset() -> reset();
        case Op.Set(SetIrqs call) -> set(descriptors.resolve(call));
      };
    } catch (VfioException e) {
      return new CommandRefused(explain.apply(device, e));
    }
  }

  /** How often each eventfd was signalled since this was last asked, by its number in scripts. */
  public Map<Integer, Long> signalled() {
    return descriptors.signalled();
  }

  /** Closes the device and all eventfds, without an event. */
  @Override
  public void close() {
    if (isOpen()) {
      int closing = descriptor;
      descriptor = NOT_OPEN;
      vfio.closeDescriptor(closing);
    }
    descriptors.close();
  }

  private EventBody open() {
    if (isOpen()) {
      // a second descriptor would show the device as it is, not as freshly opened
      throw new VfioException("open", Errno.EBUSY.number());
    }
    int opened = vfio.openDevice(device);
    try {
      List<IrqIndexInfo> answers = new ArrayList<>();
      for (IrqIndex index : IrqIndex.values()) {
        answers.add(vfio.irqInfo(opened, index));
      }
      DeviceOpened event =
          new DeviceOpened(
              vfio.kernelRelease(), new DeviceCapabilities(answers), vfio.identity(device));
      descriptor = opened;
      mode = InterruptMode.NONE;
      return event;
    } catch (VfioException e) {
      vfio.closeDescriptor(opened);
      throw e;
    }
  }

  private EventBody release() {
    vfio.closeDescriptor(descriptor);
    descriptor = NOT_OPEN;
    return new DeviceReleased(DeviceReleased.Cause.CLOSED, shown(LookedAt.ALL));
  }

  private EventBody reset() {
    long start = nanoTime.getAsLong();
    int result = vfio.reset(descriptor);
    long took = nanoTime.getAsLong() - start;
    // of all vectors: that none was touched is just what a reset promises
    return new DeviceReset(OptionalInt.of(result), took, look(LookedAt.ALL));
  }

  private EventBody set(SetIrqs call) {
    long start = nanoTime.getAsLong();
    int result = vfio.setIrqs(descriptor, call);
    long took = nanoTime.getAsLong() - start;
    InterruptMode before = mode;
    KernelView view = look(LookedAt.after(call, before));
    if (mode != before && (before.hasVectors() || mode.hasVectors())) {
      view = look(LookedAt.ALL); // irqs went or came with the mode
    }
    return new InterruptsSet(call, OptionalInt.of(result), took, view);
  }

  /**
   * What the kernel shows now; null where it cannot be read, which undoes nothing. Nor is a device
   * looked at that this has not open: whatever it shows is another process's doing.
   */
  private @Nullable KernelView look(LookedAt range) {
    return isOpen() ? shown(range) : null;
  }

  private @Nullable KernelView shown(LookedAt range) {
    try {
      KernelView view = vfio.look(device, range.from(), range.to());
      mode = view.mode();
      return view;
    } catch (VfioException e) {
      LOG.warn("{}: what the kernel shows cannot be read: {}", device, e.getMessage());
      return null;
    }
  }
}

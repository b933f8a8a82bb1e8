package dev.irqledger.simulation.host;

import dev.irqledger.agent.vfio.ForwardingVfio;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.simulation.fate.Life;
import dev.irqledger.simulation.fate.Life.Place;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The kernel as an agent's process meets it: the process may die before and after each call, and in
 * one operation the kernel may break a rule: what it shows after it, and returns, is not so.
 */
final class SimulatedKernel extends ForwardingVfio {
  private static final SetIrqs NO_CALL = SetIrqs.disable(IrqIndex.MSIX);

  private final Life life;
  private final Map<Integer, Bdf> devices = new HashMap<>();

  /** What each device said of its MSI and MSI-X vectors. */
  private final Map<Bdf, Map<IrqIndex, IrqIndexInfo>> vectors = new HashMap<>();

  private @Nullable Breach planned;
  private Breach.@Nullable Made made;
  private @Nullable Bdf madeOn;
  private boolean broken;
  private long calls;

  SimulatedKernel(Vfio kernel, Life life) {
    super(kernel);
    this.life = life;
  }

  /** Breaks a rule in the next operation, if it can be broken there; null breaks none. */
  void plan(@Nullable Breach breach) {
    planned = breach;
    made = null;
    broken = false;
  }

  /** The rule that was broken since the last plan; null where none was. */
  @Nullable Rule broken() {
    return broken && planned != null ? planned.caughtBy() : null;
  }

  /** How many calls were made that could change something. */
  long calls() {
    return calls;
  }

  private <T> T mortal(Supplier<T> call) {
    life.touch(Place.CALL);
    T result = call.get();
    life.touch(Place.CALLED);
    return result;
  }

  @Override
  public int openDevice(Bdf device) {
    calls++;
    return mortal(() -> {
      int descriptor = super.openDevice(device);
      devices.put(descriptor, device);
      return descriptor;
    });
  }

  @Override
  public IrqIndexInfo irqInfo(int device, IrqIndex index) {
    IrqIndexInfo info = super.irqInfo(device, index);
    Bdf bdf = devices.get(device);
    if (bdf != null) {
      vectors.computeIfAbsent(bdf, _ -> new EnumMap<>(IrqIndex.class)).put(index, info);
    }
    return info;
  }

  @Override
  public int setIrqs(int device, SetIrqs call) {
    calls++;
    Bdf bdf = devices.get(device);
    KernelView before = bdf == null ? KernelView.NOTHING : whole(bdf);
    return mortal(() -> {
      int result = super.setIrqs(device, call);
      Breach.Made now = note(Breach.Made.Kind.SET, bdf, before, call, result);
      return now == null || planned == null ? result : planned.result(now);
    });
  }

  @Override
  public int reset(int device) {
    calls++;
    Bdf bdf = devices.get(device);
    KernelView before = bdf == null ? KernelView.NOTHING : whole(bdf);
    return mortal(() -> {
      int result = super.reset(device);
      var _ = note(Breach.Made.Kind.RESET, bdf, before, NO_CALL, result);
      return result;
    });
  }

  @Override
  public void closeDescriptor(int descriptor) {
    Bdf bdf = devices.get(descriptor);
    KernelView before = bdf == null ? KernelView.NOTHING : whole(bdf);
    calls++;
    var _ =
        mortal(() -> {
          super.closeDescriptor(descriptor);
          devices.remove(descriptor);
          return bdf == null ? null : note(Breach.Made.Kind.CLOSE, bdf, before, NO_CALL, 0);
        });
  }

  private Breach.@Nullable Made note(
      Breach.Made.Kind kind, @Nullable Bdf bdf, KernelView before, SetIrqs call, int result) {
    if (bdf == null) {
      return null;
    }
    made =
        new Breach.Made(
            kind, before, call, result, whole(bdf), cannotGrow(bdf, call), goodDescriptors(call));
    madeOn = bdf;
    return made;
  }

  /** Whether all vectors of the call are the device's, and none can be added by itself. */
  private boolean cannotGrow(Bdf bdf, SetIrqs call) {
    IrqIndex index = IrqIndex.of(call.index());
    IrqIndexInfo info = index == null ? null : vectors.getOrDefault(bdf, Map.of()).get(index);
    return info != null
        && (index == IrqIndex.MSI || (info.flags() & IrqIndexInfo.NORESIZE) != 0)
        && call.start() + call.count() <= info.count();
  }

  private boolean goodDescriptors(SetIrqs call) {
    for (int i = 0; i < Math.min(call.count(), 32); i++) {
      int fd = call.fd(i);
      if (fd >= 0 && !isEventfd(fd)) {
        return false;
      }
    }
    return true;
  }

  private boolean isEventfd(int fd) {
    return eventfds.contains(fd);
  }

  private final java.util.Set<Integer> eventfds = new java.util.HashSet<>();

  @Override
  public int eventfd() {
    int fd = super.eventfd();
    eventfds.add(fd);
    return fd;
  }

  private KernelView whole(Bdf device) {
    return super.look(device, 0, KernelView.MAX_VECTORS);
  }

  @Override
  public KernelView look(Bdf device, int from, int to) {
    KernelView view = mortal(() -> super.look(device, from, to));
    Breach.Made last = made;
    if (planned == null || last == null || !device.equals(madeOn)) {
      return view;
    }
    KernelView lie = planned.shown(last, view);
    broken |= lie != null;
    return lie == null ? view : lie;
  }
}

package dev.irqledger.agent.vfio;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A kernel with a bug, for demonstrations and tests: as soon as the trigger of one chosen vector is
 * removed, that vector has another irq number than before, until it is released. So it breaks the
 * rule that a cached vector keeps its irq, and no other. Everything else is as the kernel behind it
 * does it.
 */
public final class FaultyVfio extends ForwardingVfio {
  /** Far from the numbers that hosts give out, so that no other vector has the wrong one. */
  private static final int WRONG_BY = 1_000_000;

  private final Bdf victim;
  private final int vector;
  private final Map<Integer, Bdf> devices = new HashMap<>();
  private boolean renumbered;

  /**
   * @param kernel what is asked behind it; closed with this one
   * @param victim the device that is shown wrongly
   * @param vector the vector that is shown wrongly
   */
  public FaultyVfio(Vfio kernel, Bdf victim, int vector) {
    super(kernel);
    this.victim = victim;
    this.vector = vector;
  }

  @Override
  public synchronized int openDevice(Bdf device) {
    int descriptor = super.openDevice(device);
    devices.put(descriptor, device);
    return descriptor;
  }

  @Override
  public synchronized int setIrqs(int device, SetIrqs call) {
    if (!victim.equals(devices.get(device))) {
      return super.setIrqs(device, call);
    }
    boolean wasThere = isAllocated();
    int result = super.setIrqs(device, call);
    boolean isKept = wasThere && isAllocated();
    renumbered = isKept && (renumbered || (result == 0 && clears(call)));
    return result;
  }

  @Override
  public synchronized void closeDescriptor(int descriptor) {
    super.closeDescriptor(descriptor);
    if (victim.equals(devices.remove(descriptor))) {
      renumbered = false;
    }
  }

  @Override
  public synchronized KernelView look(Bdf device, int from, int to) {
    KernelView view = super.look(device, from, to);
    if (!renumbered || !device.equals(victim)) {
      return view;
    }
    List<KernelView.Seen> shown = view.allocated().stream().map(this::renumber).toList();
    return new KernelView(view.mode(), from, to, shown);
  }

  @Override
  public synchronized void close() {
    super.close();
    devices.clear();
    renumbered = false;
  }

  private KernelView.Seen renumber(KernelView.Seen seen) {
    return seen.vector() == vector
        ? new KernelView.Seen(vector, seen.irq() + WRONG_BY, seen.armed())
        : seen;
  }

  private boolean isAllocated() {
    return super.look(victim, vector, vector + 1).seen(vector) != null;
  }

  private boolean clears(SetIrqs call) {
    IrqIndex index = IrqIndex.of(call.index());
    long at = vector - call.start();
    return (index == IrqIndex.MSI || index == IrqIndex.MSIX)
        && call.dataIs(IrqSetFlags.DATA_EVENTFD)
        && at >= 0
        && at < call.count()
        && Eventfd.removes(call.fd((int) at));
  }
}

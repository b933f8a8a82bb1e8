package dev.irqledger.agent;

import dev.irqledger.agent.vfio.ForwardingVfio;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;

/** A process that dies at one of its calls on a device: before it, or after it. */
final class DyingVfio extends ForwardingVfio {
  private final boolean afterwards;
  private int left;

  /** The process's death. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** One of a process's calls. */
  private interface Call<T> {
    T make();
  }

  /**
   * @param calls so many calls are made before the one at which it dies
   * @param afterwards whether that one is made still
   */
  DyingVfio(Vfio kernel, int calls, boolean afterwards) {
    super(kernel);
    this.left = calls;
    this.afterwards = afterwards;
  }

  private <T> T mortal(Call<T> call) {
    boolean dies = left-- == 0;
    if (dies && !afterwards) {
      throw new Death();
    }
    T result = call.make();
    if (dies) {
      throw new Death();
    }
    return result;
  }

  @Override
  public int openDevice(Bdf device) {
    return mortal(() -> super.openDevice(device));
  }

  @Override
  public int setIrqs(int device, SetIrqs call) {
    return mortal(() -> super.setIrqs(device, call));
  }

  @Override
  public int reset(int device) {
    return mortal(() -> super.reset(device));
  }

  @Override
  public void closeDescriptor(int descriptor) {
    var _ =
        mortal(() -> {
          super.closeDescriptor(descriptor);
          return true;
        });
  }

  @Override
  public KernelView look(Bdf device, int from, int to) {
    return mortal(() -> super.look(device, from, to));
  }
}

package dev.irqledger.agent;

import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.KernelView;

/** A process that dies at one of its calls on a device: before it, or after it. */
final class DyingVfio implements Vfio {
  private final Vfio kernel;
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
    this.kernel = kernel;
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
  public KernelRelease kernelRelease() {
    return kernel.kernelRelease();
  }

  @Override
  public String bootId() {
    return kernel.bootId();
  }

  @Override
  public DeviceIdentity identity(Bdf device) {
    return kernel.identity(device);
  }

  @Override
  public int openDevice(Bdf device) {
    return mortal(() -> kernel.openDevice(device));
  }

  @Override
  public IrqIndexInfo irqInfo(int device, IrqIndex index) {
    return kernel.irqInfo(device, index);
  }

  @Override
  public int setIrqs(int device, SetIrqs call) {
    return mortal(() -> kernel.setIrqs(device, call));
  }

  @Override
  public int reset(int device) {
    return mortal(() -> kernel.reset(device));
  }

  @Override
  public int eventfd() {
    return kernel.eventfd();
  }

  @Override
  public long readEventfd(int descriptor) {
    return kernel.readEventfd(descriptor);
  }

  @Override
  public int openNull() {
    return kernel.openNull();
  }

  @Override
  public void closeDescriptor(int descriptor) {
    var _ =
        mortal(() -> {
          kernel.closeDescriptor(descriptor);
          return true;
        });
  }

  @Override
  public KernelView look(Bdf device, int from, int to) {
    return mortal(() -> kernel.look(device, from, to));
  }

  @Override
  public void close() {
    kernel.close();
  }
}

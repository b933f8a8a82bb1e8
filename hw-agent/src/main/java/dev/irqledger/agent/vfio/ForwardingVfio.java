package dev.irqledger.agent.vfio;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.KernelView;

/** Passes every call on, but for those that its subclass takes. */
public abstract class ForwardingVfio implements Vfio {
  private final Vfio kernel;

  /**
   * @param kernel what is asked behind it; closed with this one
   */
  protected ForwardingVfio(Vfio kernel) {
    this.kernel = kernel;
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
    return kernel.openDevice(device);
  }

  @Override
  public IrqIndexInfo irqInfo(int device, IrqIndex index) {
    return kernel.irqInfo(device, index);
  }

  @Override
  public int setIrqs(int device, SetIrqs call) {
    return kernel.setIrqs(device, call);
  }

  @Override
  public int reset(int device) {
    return kernel.reset(device);
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
    kernel.closeDescriptor(descriptor);
  }

  @Override
  public KernelView look(Bdf device, int from, int to) {
    return kernel.look(device, from, to);
  }

  @Override
  public void close() {
    kernel.close();
  }
}

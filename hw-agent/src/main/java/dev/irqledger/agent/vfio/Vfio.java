package dev.irqledger.agent.vfio;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.KernelView;

/**
 * Every operation that the agent asks of a kernel, one method each, as one process makes them.
 * Descriptors are this process's numbers. Safe for use by many threads.
 *
 * <p>A result of 0, a positive number or a negated errno is returned where a failure is a fact
 * worth an event; the other operations throw {@link VfioException}.
 */
public interface Vfio extends AutoCloseable {
  /** The running kernel's release, as {@code uname -r} prints it. */
  KernelRelease kernelRelease();

  /** Names the host's boot; another one after each boot. */
  String bootId();

  /**
   * What the host says a device is.
   *
   * @throws VfioException if the host has no such device
   */
  DeviceIdentity identity(Bdf device);

  /**
   * Obtains a device's descriptor.
   *
   * @throws VfioException if the kernel does not give it
   */
  int openDevice(Bdf device);

  /**
   * {@code VFIO_DEVICE_GET_IRQ_INFO}.
   *
   * @return the answer; count 0 where the device lacks the index, also where the kernel refuses to
   *     be asked about it
   * @throws VfioException if the descriptor is no device
   */
  IrqIndexInfo irqInfo(int device, IrqIndex index);

  /**
   * {@code VFIO_DEVICE_SET_IRQS}, with the arguments as they stand.
   *
   * @return 0, a positive number, or a negated errno
   */
  int setIrqs(int device, SetIrqs call);

  /**
   * {@code VFIO_DEVICE_RESET}.
   *
   * @return 0 or a negated errno
   */
  int reset(int device);

  /**
   * Makes an eventfd whose counter is 0 and whose reads do not wait.
   *
   * @throws VfioException if the process has no descriptor left
   */
  int eventfd();

  /**
   * Reads an eventfd's counter and sets it back to 0.
   *
   * @return how often it was signalled since it was last read
   * @throws VfioException if the descriptor is no eventfd
   */
  long readEventfd(int descriptor);

  /**
   * A descriptor that is open and no eventfd: of {@code /dev/null}.
   *
   * @throws VfioException if the process has no descriptor left
   */
  int openNull();

  /**
   * Closes a descriptor of any kind. With a device's last one the kernel releases its interrupts.
   *
   * @throws VfioException if it is not open
   */
  void closeDescriptor(int descriptor);

  /**
   * What the kernel shows of a device: its mode, and of the vectors {@code from} to {@code to - 1}
   * which are allocated. It does not tell INTx without a trigger from no mode at all.
   *
   * @throws VfioException if it cannot be read
   */
  KernelView look(Bdf device, int from, int to);

  /** Ends the process, so to speak: every descriptor is closed. Does nothing a second time. */
  @Override
  void close();
}

package dev.irqledger.agent.reconcile;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.KernelView;
import java.util.function.Consumer;

/** Finds moments at which nobody works on a device and all that was done to it is taken down. */
@FunctionalInterface
public interface Stillness {
  /**
   * Looks at a device at such a moment. What the work takes down of the device has its place before
   * everything that happens to it later.
   *
   * @param work is given what the kernel shows
   * @return false if there was no such moment for a while; then the work was not done
   * @throws dev.irqledger.agent.vfio.VfioException if the kernel cannot be asked
   */
  boolean look(Bdf device, Consumer<? super KernelView> work);
}

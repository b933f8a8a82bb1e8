package dev.irqledger.core.state;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.DeviceIdentity;

/**
 * What is known of a device beside its interrupts.
 *
 * @param kernel the release of its host's kernel
 * @param capabilities what it said of its interrupt indexes
 * @param generation which rules hold for vectors beyond the enabled range; learned from the history
 *     where no opening told
 * @param identity what it is
 * @param open whether it is open, as far as the history tells
 */
public record Profile(
    KernelRelease kernel,
    DeviceCapabilities capabilities,
    KernelGeneration generation,
    DeviceIdentity identity,
    Openness open) {
  /** Nothing was seen of the device. */
  public static final Profile UNSEEN =
      new Profile(
          KernelRelease.UNKNOWN,
          DeviceCapabilities.UNSEEN,
          KernelGeneration.UNKNOWN,
          DeviceIdentity.UNKNOWN,
          Openness.UNSEEN);

  /** Whether a device is open. */
  public enum Openness {
    /** Neither an opening nor a release was seen. */
    UNSEEN,
    OPEN,
    CLOSED
  }

  public Profile with(Openness to) {
    return to == open ? this : new Profile(kernel, capabilities, generation, identity, to);
  }

  public Profile with(KernelGeneration learned) {
    return learned == generation
        ? this
        : new Profile(kernel, capabilities, learned, identity, open);
  }

  /** The rules that hold for vectors of that index: only MSI-X grows dynamically. */
  public KernelGeneration generation(IrqIndex index) {
    return generation == KernelGeneration.DYNAMIC && index != IrqIndex.MSIX
        ? KernelGeneration.FIXED
        : generation;
  }
}

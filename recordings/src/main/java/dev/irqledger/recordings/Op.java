package dev.irqledger.recordings;

import dev.irqledger.core.device.SetIrqs;

/**
 * An operation as an op file or a kernel trace names it. Unlike a call of the core, an {@code open}
 * does not carry what the device answers: only the one who opens it learns that.
 */
public sealed interface Op {
  /** Whether all that it can do is to give back what the device holds. */
  default boolean onlyFrees() {
    return switch (this) {
      case Open() -> false;
      case Close(), Reset() -> true;
      case Set(SetIrqs call) -> call.disables();
    };
  }

  /** Obtains the device's descriptor. */
  record Open() implements Op {}

  /** Closes the device's descriptor. */
  record Close() implements Op {}

  /** {@code VFIO_DEVICE_RESET}. */
  record Reset() implements Op {}

  /**
   * {@code VFIO_DEVICE_SET_IRQS}.
   *
   * @param call its arguments, descriptors numbered as {@link OpScript} says
   */
  record Set(SetIrqs call) implements Op {}
}

package dev.irqledger.recordings;

import dev.irqledger.core.device.CloseDevice;
import dev.irqledger.core.device.OpenDevice;
import dev.irqledger.core.device.ResetDevice;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.device.VfioCall;

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

  /** The operation that makes that call. */
  static Op of(VfioCall call) {
    return switch (call) {
      case OpenDevice _ -> new Open();
      case SetIrqs set -> new Set(set);
      case ResetDevice _ -> new Reset();
      case CloseDevice _ -> new Close();
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

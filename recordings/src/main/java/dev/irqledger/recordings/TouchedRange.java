package dev.irqledger.recordings;

import static dev.irqledger.core.device.IrqSetFlags.ACTION_TRIGGER;
import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;
import static dev.irqledger.core.device.IrqSetFlags.DATA_NONE;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;

/**
 * The vectors that a call may touch: an event shows these alone, so that its size follows the call
 * and not the device.
 *
 * @param from the first vector
 * @param to one past the last vector; equal to {@code from} where none is touched
 */
record TouchedRange(int from, int to) {
  static final TouchedRange NONE = new TouchedRange(0, 0);
  static final TouchedRange ALL = new TouchedRange(0, KernelView.MAX_VECTORS);

  /** What the call can touch by the kernel's rules, given the modes before and after it. */
  static TouchedRange of(SetIrqs call, int ret, InterruptMode before, InterruptMode after) {
    IrqIndex index = IrqIndex.of(call.index());
    if (index == null || !InterruptMode.of(index).hasVectors()) {
      return NONE;
    }
    long end = call.start() + call.count();
    if (before == InterruptMode.NONE && call.dataIs(DATA_EVENTFD)) {
      return clipped(0, end);
    }
    if (before != after || (ret == 0 && disables(call))) {
      return ALL;
    }
    return clipped(call.start(), end);
  }

  private static boolean disables(SetIrqs call) {
    return call.count() == 0 && call.dataIs(DATA_NONE) && call.action() == ACTION_TRIGGER;
  }

  private static TouchedRange clipped(long from, long to) {
    int end = (int) Math.min(to, KernelView.MAX_VECTORS);
    return from >= end ? NONE : new TouchedRange((int) from, end);
  }

  boolean contains(int vector) {
    return vector >= from && vector < to;
  }

  /** The smallest range that holds this one and the vector. */
  TouchedRange including(int vector) {
    return from == to
        ? new TouchedRange(vector, vector + 1)
        : new TouchedRange(Math.min(from, vector), Math.max(to, vector + 1));
  }
}

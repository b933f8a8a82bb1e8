package dev.irqledger.agent.act;

import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;

/**
 * Which vectors are looked at after a call. An event shows no more than the call may have touched,
 * so that its size follows the call and not the device.
 *
 * @param from the first vector
 * @param to one past the last vector; equal to {@code from} where only the mode is of interest
 */
record LookedAt(int from, int to) {
  static final LookedAt MODE_ONLY = new LookedAt(0, 0);
  static final LookedAt ALL = new LookedAt(0, KernelView.MAX_VECTORS);

  /**
   * After a set.
   *
   * @param before the mode that was seen before it
   */
  static LookedAt after(SetIrqs call, InterruptMode before) {
    IrqIndex index = IrqIndex.of(call.index());
    if (index == null || !InterruptMode.of(index).hasVectors()) {
      return MODE_ONLY;
    }
    if (before == InterruptMode.NONE && call.dataIs(DATA_EVENTFD)) {
      return ALL; // an enable: it allocates from vector 0 on, or must leave nothing
    }
    long end = Math.min(call.start() + call.count(), KernelView.MAX_VECTORS);
    return call.start() < end ? new LookedAt((int) call.start(), (int) end) : MODE_ONLY;
  }
}

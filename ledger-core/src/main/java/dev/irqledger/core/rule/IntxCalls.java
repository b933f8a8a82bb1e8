package dev.irqledger.core.rule;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;

/**
 * INTx as {@code vfio_pci_set_intx_trigger}, {@code _mask} and {@code _unmask} of {@code
 * drivers/vfio/pci/vfio_pci_intrs.c} treat it.
 */
final class IntxCalls {
  private IntxCalls() {}

  /** The result of a call whose arguments were accepted. */
  static int apply(Draft draft, SetIrqs call) {
    boolean inMode = draft.mode() == InterruptMode.INTX;
    if (call.action() != IrqSetFlags.ACTION_TRIGGER) {
      return mask(draft, call, inMode);
    }
    if (inMode && call.disables()) {
      draft.single(IrqIndex.INTX, Eventfd.NONE);
      draft.mode(InterruptMode.NONE);
      return 0;
    }
    if ((!inMode && draft.mode() != InterruptMode.NONE) || !isTheOne(call)) {
      return Errno.EINVAL.result();
    }
    if (call.dataIs(IrqSetFlags.DATA_EVENTFD)) {
      return assign(draft, call.fd(0));
    }
    if (!inMode) {
      return Errno.EINVAL.result();
    }
    if (MsiCalls.selected(call, 0)) {
      draft.signal(draft.single(IrqIndex.INTX));
    }
    return 0;
  }

  private static int assign(Draft draft, int fd) {
    int bad = Eventfd.mayArm(fd) ? draft.environment.eventfd(fd) : 0;
    if (bad != 0) {
      return bad;
    }
    draft.mode(InterruptMode.INTX);
    draft.single(IrqIndex.INTX, Eventfd.mayArm(fd) ? fd : Eventfd.NONE);
    return 0;
  }

  private static int mask(Draft draft, SetIrqs call, boolean inMode) {
    if (!inMode || !isTheOne(call)) {
      return Errno.EINVAL.result();
    }
    if (!call.dataIs(IrqSetFlags.DATA_EVENTFD)) {
      return 0;
    }
    if (call.action() == IrqSetFlags.ACTION_MASK) {
      return Errno.ENOTTY.result(); // masking by eventfd was never written
    }
    return Eventfd.mayArm(call.fd(0)) ? draft.environment.eventfd(call.fd(0)) : 0;
  }

  private static boolean isTheOne(SetIrqs call) {
    return call.start() == 0 && call.count() == 1;
  }
}

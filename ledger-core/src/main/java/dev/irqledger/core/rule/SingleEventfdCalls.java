package dev.irqledger.core.rule;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;

/**
 * ERR and REQ as {@code vfio_pci_set_ctx_trigger_single} of {@code
 * drivers/vfio/pci/vfio_pci_intrs.c} treats them.
 */
final class SingleEventfdCalls {
  private SingleEventfdCalls() {}

  /** The result of a call whose arguments were accepted. */
  static int apply(Draft draft, SetIrqs call, IrqIndex index) {
    if (call.start() != 0 || call.count() > 1) {
      return Errno.EINVAL.result();
    }
    int trigger = draft.single(index);
    if (call.dataIs(IrqSetFlags.DATA_NONE)) {
      return signalOrClear(draft, call, index, trigger);
    }
    if (call.count() == 0) {
      return Errno.EINVAL.result();
    }
    if (call.dataIs(IrqSetFlags.DATA_BOOL)) {
      if (MsiCalls.selected(call, 0)) {
        draft.signal(trigger);
      }
      return 0;
    }
    return assign(draft, index, call.fd(0));
  }

  private static int signalOrClear(Draft draft, SetIrqs call, IrqIndex index, int trigger) {
    if (Eventfd.removes(trigger)) {
      return Errno.EINVAL.result();
    }
    if (call.count() == 0) {
      draft.single(index, Eventfd.NONE);
    } else {
      draft.signal(trigger);
    }
    return 0;
  }

  private static int assign(Draft draft, IrqIndex index, int fd) {
    if (Eventfd.removes(fd)) {
      if (fd == Eventfd.NONE) { // other negative numbers are accepted and change nothing
        draft.single(index, Eventfd.NONE);
      }
      return 0;
    }
    int bad = draft.environment.eventfd(fd);
    if (bad == 0) {
      draft.single(index, fd);
    }
    return bad;
  }
}

package dev.irqledger.core.rule;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.Profile;

/**
 * What the kernel checks of the arguments before anything else ({@code
 * vfio_set_irqs_validate_and_prepare} in {@code drivers/vfio/vfio_main.c}), and which actions an
 * index knows ({@code vfio_pci_set_irqs_ioctl} in {@code drivers/vfio/pci/vfio_pci_intrs.c}).
 */
final class ArgumentCheck {
  private ArgumentCheck() {}

  /** 0, or the negated errno with which the call is refused. */
  static int refusal(SetIrqs call, Profile profile) {
    IrqIndex index = IrqIndex.of(call.index());
    if (index == null
        || (call.flags() & ~(IrqSetFlags.DATA_TYPES | IrqSetFlags.ACTIONS)) != 0
        || Integer.bitCount(call.dataType()) != 1) {
      return Errno.EINVAL.result();
    }
    long count = countOf(index, profile);
    if (call.start() >= count || call.start() + call.count() > count) {
      return Errno.EINVAL.result();
    }
    if (!call.dataIs(IrqSetFlags.DATA_NONE) && call.data().length() < call.count()) {
      return Errno.EINVAL.result();
    }
    return knowsAction(index, call.action()) ? 0 : Errno.ENOTTY.result();
  }

  /** How many interrupts the index may have: the most that PCI allows where nobody asked. */
  private static long countOf(IrqIndex index, Profile profile) {
    IrqIndexInfo info = profile.capabilities().of(index);
    // a report may claim more than any device can have
    return info.known() ? Math.min(info.count(), KernelView.MAX_VECTORS) : KernelView.MAX_VECTORS;
  }

  private static boolean knowsAction(IrqIndex index, int action) {
    return switch (index) {
      case INTX -> Integer.bitCount(action) == 1;
      case MSI, MSIX, ERR, REQ -> action == IrqSetFlags.ACTION_TRIGGER;
    };
  }
}

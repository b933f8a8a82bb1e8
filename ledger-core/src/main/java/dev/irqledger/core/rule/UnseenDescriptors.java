package dev.irqledger.core.rule;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.VectorMap;
import org.jspecify.annotations.Nullable;

/**
 * What descriptors that nobody saw can have been. An observer copies only the first ones of a long
 * block; any of the others may have been -1.
 */
final class UnseenDescriptors {
  private UnseenDescriptors() {}

  /** The report with what the kernel shows, after a success, in the place of what nobody saw. */
  static InterruptsSet asShown(InterruptsSet set) {
    KernelView view = set.after();
    IrqIndex index = IrqIndex.of(set.call().index());
    if (view == null || index == null || set.result().orElse(0) != 0 || !anyIn(set.call())) {
      return set;
    }
    int[] fds = new int[set.call().data().length()];
    for (int i = 0; i < fds.length; i++) {
      int fd = set.call().fd(i);
      fds[i] = fd == Eventfd.UNSEEN ? shown(view, index, set.call().start() + i) : fd;
    }
    return new InterruptsSet(with(set.call(), fds), set.result(), set.latencyNanos(), view);
  }

  /** The call with -1 in the place of what nobody saw. */
  static SetIrqs asNone(SetIrqs call) {
    if (!anyIn(call)) {
      return call;
    }
    int[] fds = new int[call.data().length()];
    for (int i = 0; i < fds.length; i++) {
      fds[i] = call.fd(i) == Eventfd.UNSEEN ? Eventfd.NONE : call.fd(i);
    }
    return with(call, fds);
  }

  /**
   * The call with -1 in the place of what nobody saw, where a block that failed later on left a
   * vector free: a descriptor would have got it an irq, or would have failed.
   */
  static SetIrqs passedOver(
      SetIrqs call, int failing, VectorMap before, boolean grows, @Nullable KernelView view) {
    if (!anyIn(call)) {
      return call;
    }
    int[] fds = new int[call.data().length()];
    for (int i = 0; i < fds.length; i++) {
      int vector = (int) call.start() + i;
      boolean stayedFree =
          vector < failing
              && before.get(vector) == null
              && (!grows || (view != null && view.covers(vector) && view.seen(vector) == null));
      fds[i] = call.fd(i) == Eventfd.UNSEEN && stayedFree ? Eventfd.NONE : call.fd(i);
    }
    return with(call, fds);
  }

  static boolean anyIn(SetIrqs call) {
    if (call.dataIs(IrqSetFlags.DATA_EVENTFD)) {
      for (int i = 0; i < call.data().length(); i++) {
        if (call.fd(i) == Eventfd.UNSEEN) {
          return true;
        }
      }
    }
    return false;
  }

  private static int shown(KernelView view, IrqIndex index, long vector) {
    return switch (index) {
      case INTX -> view.mode() == InterruptMode.INTX ? Eventfd.SOME : Eventfd.NONE;
      case MSI, MSIX -> {
        if (vector < view.from() || vector >= view.to()) {
          yield Eventfd.UNSEEN;
        }
        KernelView.Seen seen = view.seen((int) vector);
        yield seen != null && seen.armed() ? Eventfd.SOME : Eventfd.NONE;
      }
      case ERR, REQ -> Eventfd.UNSEEN; // sysfs shows nothing of them
    };
  }

  private static SetIrqs with(SetIrqs call, int[] fds) {
    return new SetIrqs(
        call.index(), call.start(), call.count(), call.flags(), new IrqSetData.Eventfds(fds));
  }
}

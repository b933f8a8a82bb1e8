package dev.irqledger.core.rule;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import org.jspecify.annotations.Nullable;

/**
 * Where a block failed that was set within its mode. The errno alone does not tell; what the kernel
 * shows afterwards mostly does. Found in one pass over the block.
 *
 * @param vector the vector that failed
 * @param beforeIrq whether it failed for want of an irq, before it had one
 * @param onlyOne whether no other place leaves the device in another state
 */
record BlockFailure(int vector, boolean beforeIrq, boolean onlyOne) {

  /** The last place that fits; null where none does. */
  static @Nullable BlockFailure find(
      DeviceState state, SetIrqs call, IrqIndex index, int errno, @Nullable KernelView view) {
    return new Search(
            state.interrupts().vectors(), call, state.profile().generation(index), errno, view)
        .run();
  }

  private record Search(
      VectorMap before,
      SetIrqs call,
      KernelGeneration generation,
      int errno,
      @Nullable KernelView view) {

    @Nullable BlockFailure run() {
      int start = (int) call.start();
      int count = (int) call.count();
      int untouchedFrom = firstOfUntouchedTail(start, count);
      BlockFailure found = null;
      boolean traceSince = false;
      for (int vector = start; vector < start + count; vector++) {
        int fd = call.fd(vector - start);
        traceSince = traceSince || (found != null && leavesTrace(vector, fd));
        if (untouchedFrom <= vector + 1) {
          boolean withIrq = canFail(vector, fd, false) && fits(vector, takesIrq(fd));
          boolean withoutIrq = canFail(vector, fd, true) && fits(vector, false);
          if (withIrq || (withoutIrq && !isTold(found))) {
            boolean same = (found == null || found.onlyOne) && !traceSince;
            boolean onlyOne = view != null || (same && !(withIrq && withoutIrq));
            found = new BlockFailure(vector, !withIrq, onlyOne);
          }
        }
        if (isBarrier(vector, fd) || !passes(vector, fd)) {
          break;
        }
      }
      return found;
    }

    /**
     * Whether the view tells a place already. That a vector got its irq and found no CPU vector
     * leaves the same behind as that the next one found no irq, and is what runs out first.
     */
    private boolean isTold(@Nullable BlockFailure found) {
      return view != null && found != null && !found.beforeIrq;
    }

    /** The first vector from which on all are as before, as far as the view reaches. */
    private int firstOfUntouchedTail(int start, int count) {
      int vector = start + count;
      while (vector > start && isAsBefore(vector - 1)) {
        vector--;
      }
      return view == null ? start : vector;
    }

    private boolean isAsBefore(int vector) {
      if (view == null || !view.covers(vector)) {
        return true;
      }
      VectorState was = before.get(vector);
      KernelView.Seen seen = view.seen(vector);
      return was == null ? seen == null : seen == null || seen.armed() == was.armed();
    }

    /** Whether the vector can have been passed, and unwound later. */
    private boolean passes(int vector, int fd) {
      return fits(vector, takesIrq(fd)) || (fd == Eventfd.UNSEEN && fits(vector, false));
    }

    private boolean takesIrq(int fd) {
      return Eventfd.mayArm(fd) && generation == KernelGeneration.DYNAMIC;
    }

    /** Whether the view shows the vector without a trigger, and its irq as the rules have it. */
    private boolean fits(int vector, boolean takesIrq) {
      if (view == null || !view.covers(vector)) {
        return true;
      }
      KernelView.Seen seen = view.seen(vector);
      if (seen == null) {
        // an irq that vanished is another rule's matter
        return before.get(vector) != null || !takesIrq;
      }
      return (before.get(vector) != null || takesIrq) && !seen.armed();
    }

    private boolean canFail(int vector, int fd, boolean beforeIrq) {
      if (!Eventfd.mayArm(fd)) {
        return false;
      }
      if (before.get(vector) != null) {
        return !beforeIrq;
      }
      return generation == KernelGeneration.DYNAMIC
          ? !beforeIrq || errno != Errno.EBADF.result()
          : beforeIrq && errno == Errno.EINVAL.result();
    }

    /** Without dynamic allocation no block gets past a free vector that is to be armed. */
    private boolean isBarrier(int vector, int fd) {
      return generation != KernelGeneration.DYNAMIC
          && Eventfd.mayArm(fd)
          && fd != Eventfd.UNSEEN
          && before.get(vector) == null;
    }

    /** Whether the state shows it if the failure came at this vector or later. */
    private boolean leavesTrace(int vector, int fd) {
      VectorState was = before.get(vector);
      return was == null ? takesIrq(fd) : was.armed();
    }
  }
}

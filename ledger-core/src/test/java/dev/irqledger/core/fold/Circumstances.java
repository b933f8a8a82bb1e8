package dev.irqledger.core.fold;

import static dev.irqledger.core.device.IrqSetFlags.ACTION_TRIGGER;
import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.rule.Life.Step;
import dev.irqledger.core.rule.TestHost;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.Phase;

/** Where a breach can happen: what a step was. */
final class Circumstances {
  private Circumstances() {}

  static boolean ok(InterruptsSet set) {
    return set.result().orElseThrow() == 0;
  }

  static boolean sameMode(Step step) {
    return mode(step.before()) == mode(step.after());
  }

  static boolean wasEnabled(Step step) {
    return mode(step.before()) == InterruptMode.NONE && mode(step.after()).hasVectors();
  }

  static boolean wasDisabled(Step step) {
    return mode(step.before()).hasVectors() && mode(step.after()) == InterruptMode.NONE;
  }

  /** The call is for the MSI or MSI-X in use, before and after it. */
  static boolean inMode(Step step, InterruptsSet set) {
    return sameMode(step) && own(set).hasVectors() && mode(step.before()) == own(set);
  }

  /** The call failed since another mode is in use. */
  static boolean inOtherMode(Step step, InterruptsSet set) {
    return own(set) != InterruptMode.NONE
        && mode(step.before()) != InterruptMode.NONE
        && mode(step.before()) != own(set)
        && set.result().orElseThrow() == Errno.EINVAL.result();
  }

  static boolean dynamic(Step step, InterruptsSet set) {
    IrqIndex index = IrqIndex.of(set.call().index());
    return index != null && step.before().profile().generation(index) == KernelGeneration.DYNAMIC;
  }

  /** The call failed for nothing but that it would have added vectors. */
  static boolean isFailedGrowth(Step step, InterruptsSet set) {
    SetIrqs call = set.call();
    IrqIndex index = IrqIndex.of(call.index());
    if (index == null
        || !inMode(step, set)
        || dynamic(step, set)
        || set.result().orElseThrow() != Errno.EINVAL.result()
        || call.flags() != (DATA_EVENTFD | ACTION_TRIGGER)
        || call.count() == 0
        || call.data().length() < call.count()
        || call.start() + call.count() > step.before().profile().capabilities().of(index).count()) {
      return false;
    }
    boolean grows = false;
    for (int i = 0; i < call.count(); i++) {
      if (call.fd(i) >= TestHost.EVENTFDS) {
        return false;
      }
      grows |= call.fd(i) >= 0 && was(step, (int) call.start() + i) == Phase.FREE;
    }
    return grows;
  }

  /** True where the call gives no vector a trigger. */
  static boolean clearsOnly(InterruptsSet set) {
    for (int i = 0; i < set.call().data().length(); i++) {
      if (Eventfd.mayArm(set.call().fd(i))) {
        return false;
      }
    }
    return true;
  }

  static Phase was(Step step, Seen seen) {
    return was(step, seen.vector());
  }

  /** The step took the vector's trigger away. */
  static boolean wasJustCleared(Step step, Seen seen) {
    return was(step, seen) == Phase.ARMED
        && step.after().interrupts().vectors().phase(seen.vector()) == Phase.CACHED;
  }

  /** The step left its trace on a vector behind that one. */
  static boolean isLaterTrace(Step step, Seen seen, Seen than) {
    return seen.vector() > than.vector()
        && (wasJustCleared(step, seen) || was(step, seen) == Phase.FREE);
  }

  static KernelView whole(DeviceState state) {
    return Witness.view(state.interrupts(), 0, KernelView.MAX_VECTORS);
  }

  /** What would be shown had the call done what it asks for. */
  static KernelView grown(DeviceState before, InterruptsSet set) {
    Interrupts interrupts = before.interrupts();
    int end = (int) (set.call().start() + set.call().count());
    KernelView view = Witness.view(interrupts, (int) set.call().start(), end);
    for (int vector = (int) set.call().start(); vector < end; vector++) {
      if (set.call().fd(vector - (int) set.call().start()) >= 0) {
        Seen seen = view.seen(vector);
        int irq = seen == null ? Lies.OTHER_IRQ + vector : seen.irq();
        view = Lies.with(view, new Seen(vector, irq, true));
      }
    }
    return view;
  }

  private static Phase was(Step step, int vector) {
    return step.before().interrupts().vectors().phase(vector);
  }

  private static InterruptMode own(InterruptsSet set) {
    IrqIndex index = IrqIndex.of(set.call().index());
    return index == null ? InterruptMode.NONE : InterruptMode.of(index);
  }

  private static InterruptMode mode(DeviceState state) {
    return state.interrupts().mode();
  }
}

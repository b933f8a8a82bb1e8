package dev.irqledger.core.rule;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.rule.Explained.Verdict;
import dev.irqledger.core.state.DeviceState;
import org.jspecify.annotations.Nullable;

/** Holds reports against the kernel's rules. */
public final class Judge {
  private Judge() {}

  /** A SET_IRQS with the rules' best account of it. */
  public static void set(InterruptsSet set, Explained explained, Findings findings) {
    KernelView view = set.after();
    if (view != null) {
      ViewCheck.byItself(view, findings);
    }
    if (explained.verdict() == Verdict.UNEXPLAINED) {
      findings.add(
          ruleAgainst(explained.outcome().before(), set),
          expectation(explained, set),
          "result " + Errno.describe(set.result()));
    } else if (view != null) {
      ViewCheck.afterSet(explained.outcome(), set.call(), view, findings);
    }
  }

  /** A reset: everything stays as it was. */
  public static void reset(DeviceState state, @Nullable KernelView view, Findings findings) {
    if (view != null) {
      ViewCheck.byItself(view, findings);
      ViewCheck.after(ViewCheck.Operation.RESET, state, state, view, findings);
    }
  }

  /** A release: nothing is left. */
  public static void release(
      DeviceState before, DeviceState after, @Nullable KernelView view, Findings findings) {
    if (view != null) {
      ViewCheck.byItself(view, findings);
      ViewCheck.after(ViewCheck.Operation.RELEASE, before, after, view, findings);
    }
  }

  /** A snapshot says nothing of how it came about: only what holds by itself is judged. */
  public static void snapshot(KernelView view, Findings findings) {
    ViewCheck.byItself(view, findings);
  }

  /** Which rule forbids a result that no environment gives. */
  private static Rule ruleAgainst(DeviceState before, InterruptsSet set) {
    SetIrqs call = set.call();
    IrqIndex index = IrqIndex.of(call.index());
    InterruptMode mode = before.interrupts().mode();
    if (index == null || !succeeded(set)) {
      return Rule.RESULT_MISMATCH;
    }
    InterruptMode own = InterruptMode.of(index);
    if (own != InterruptMode.NONE && mode != InterruptMode.NONE && mode != own) {
      return Rule.MODE_EXCLUSIVE;
    }
    return own.hasVectors()
            && mode == own
            && call.dataIs(IrqSetFlags.DATA_EVENTFD)
            && ArgumentCheck.refusal(call, before.profile()) == 0
        ? Rule.NO_GROWTH_WITHOUT_DYNAMIC
        : Rule.RESULT_MISMATCH;
  }

  private static boolean succeeded(InterruptsSet set) {
    return set.result().isPresent() && set.result().getAsInt() == 0;
  }

  private static String expectation(Explained explained, InterruptsSet set) {
    return succeeded(set)
        ? "result " + Errno.describe(explained.outcome().result())
        : "a result that the rules know";
  }
}

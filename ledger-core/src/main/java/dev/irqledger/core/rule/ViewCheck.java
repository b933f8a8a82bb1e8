package dev.irqledger.core.rule;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the kernel showed after an operation against what the rules expect. Each vector that
 * is other than expected goes to the rule that it breaks. Costs as much as the view is long.
 */
public final class ViewCheck {
  private final Operation operation;
  private final DeviceState before;
  private final DeviceState expected;
  private final KernelView view;
  private final @Nullable SetIrqs call;
  private final int result;
  private final Findings findings;

  /** Which operation the view was taken after. */
  public enum Operation {
    SET,
    RESET,
    RELEASE
  }

  private ViewCheck(
      Operation operation,
      DeviceState before,
      DeviceState expected,
      KernelView view,
      @Nullable SetIrqs call,
      int result,
      Findings findings) {
    this.operation = operation;
    this.before = before;
    this.expected = expected;
    this.view = view;
    this.call = call;
    this.result = result;
    this.findings = findings;
  }

  /**
   * Whether the view shows those interrupts, as far as it reaches: the same mode, irqs and triggers
   * on the same vectors. Numbers of irqs are not compared.
   */
  static boolean shows(KernelView view, Interrupts interrupts) {
    if (!interrupts.isShownAs(view.mode())) {
      return false;
    }
    VectorMap vectors = interrupts.vectors();
    int held = vectors.next(view.from());
    for (KernelView.Seen seen : view.allocated()) {
      VectorState state = vectors.get(seen.vector());
      if (held != seen.vector() || state == null || state.armed() != seen.armed()) {
        return false;
      }
      held = vectors.next(held + 1);
    }
    return held < 0 || held >= view.to();
  }

  /** After a SET_IRQS that the rules explain. */
  static void afterSet(Outcome outcome, SetIrqs call, KernelView view, Findings findings) {
    new ViewCheck(
            Operation.SET,
            outcome.before(),
            outcome.state(),
            view,
            call,
            outcome.result(),
            findings)
        .check();
  }

  /** After a reset or a release. */
  static void after(
      Operation operation,
      DeviceState before,
      DeviceState expected,
      KernelView view,
      Findings findings) {
    new ViewCheck(operation, before, expected, view, null, 0, findings).check();
  }

  /** What holds for every view by itself, whatever was before. */
  static void byItself(KernelView view, Findings findings) {
    List<KernelView.Seen> allocated = view.allocated();
    Set<Integer> irqs = allocated.size() > 1 ? new HashSet<>() : Set.of();
    for (int i = 0; i < allocated.size(); i++) { // by index: most views show one vector
      KernelView.Seen seen = allocated.get(i);
      if (seen.irq() <= 0) {
        findings.add(Rule.IRQ_POSITIVE, seen.vector(), "a number from 1", "irq " + seen.irq());
      } else if (allocated.size() > 1 && !irqs.add(seen.irq())) {
        findings.add(
            Rule.IRQ_UNIQUE_ON_HOST,
            seen.vector(),
            "one vector for each irq",
            "irq " + seen.irq() + " a second time");
      }
    }
  }

  private void check() {
    checkMode();
    VectorMap wanted = expected.interrupts().vectors();
    int vector = wanted.next(view.from());
    List<KernelView.Seen> allocated = view.allocated();
    for (int i = 0; i < allocated.size(); i++) {
      KernelView.Seen seen = allocated.get(i);
      for (; vector >= 0 && vector < seen.vector(); vector = wanted.next(vector + 1)) {
        missing(vector);
      }
      VectorState state = wanted.get(seen.vector());
      if (state == null) {
        unexpected(seen);
      } else {
        compare(seen, state);
        vector = wanted.next(seen.vector() + 1);
      }
    }
    for (; vector >= 0 && vector < view.to(); vector = wanted.next(vector + 1)) {
      missing(vector);
    }
  }

  private void checkMode() {
    InterruptMode wanted = expected.interrupts().mode();
    if (expected.interrupts().isShownAs(view.mode())) {
      return;
    }
    findings.add(
        switch (operation) {
          case RESET -> Rule.RESET_KEEPS;
          case RELEASE -> Rule.TEARDOWN_ALL_AT_ONCE;
          case SET ->
              wanted == InterruptMode.NONE && view.mode() == before.interrupts().mode()
                  ? Rule.TEARDOWN_ALL_AT_ONCE
                  : Rule.MODE_EXCLUSIVE;
        },
        "mode " + wanted.label(),
        "mode " + view.mode().label());
  }

  /** The rules expect an irq and none is shown. */
  private void missing(int vector) {
    VectorState was = before.interrupts().vectors().get(vector);
    Rule rule;
    if (operation == Operation.RESET) {
      rule = Rule.RESET_KEEPS;
    } else if (was == null) {
      rule = isEnable() ? Rule.ENABLE_ALLOCATES_RANGE : Rule.RESULT_MISMATCH;
    } else {
      rule = clears(vector) ? Rule.TEARDOWN_ALL_AT_ONCE : Rule.CACHE_KEEPS_IRQ;
    }
    findings.add(rule, vector, was == null ? "an irq" : "irq " + name(was.irq()), "no irq");
  }

  /** An irq is shown and the rules expect none. */
  private void unexpected(KernelView.Seen seen) {
    Rule rule;
    if (operation == Operation.RESET) {
      rule = Rule.RESET_KEEPS;
    } else if (!expected.interrupts().mode().hasVectors()) {
      rule = Rule.TEARDOWN_ALL_AT_ONCE;
    } else if (isEnable()) {
      rule = Rule.ENABLE_ALLOCATES_RANGE;
    } else {
      rule = growsDynamically() ? Rule.RESULT_MISMATCH : Rule.NO_GROWTH_WITHOUT_DYNAMIC;
    }
    findings.add(rule, seen.vector(), "no irq", "irq " + seen.irq());
  }

  private void compare(KernelView.Seen seen, VectorState wanted) {
    if (wanted.irqKnown() && seen.irq() > 0 && seen.irq() != wanted.irq()) {
      findings.add(
          operation == Operation.RESET ? Rule.RESET_KEEPS : Rule.CACHE_KEEPS_IRQ,
          seen.vector(),
          "irq " + wanted.irq(),
          "irq " + seen.irq());
    }
    if (seen.armed() != wanted.armed()) {
      findings.add(
          switch (operation) {
            case RESET, RELEASE -> Rule.RESET_KEEPS;
            case SET ->
                result < 0 && covered(seen.vector()) ? Rule.BLOCK_UNWINDS : Rule.RESULT_MISMATCH;
          },
          seen.vector(),
          wanted.armed() ? "a trigger" : "no trigger",
          seen.armed() ? "a trigger" : "no trigger");
    }
  }

  private boolean isEnable() {
    return before.interrupts().mode() == InterruptMode.NONE;
  }

  private boolean growsDynamically() {
    return call != null
        && IrqIndex.of(call.index()) == IrqIndex.MSIX
        && before.profile().generation() == KernelGeneration.DYNAMIC;
  }

  private boolean covered(int vector) {
    return call != null && vector >= call.start() && vector < call.start() + call.count();
  }

  /** Whether the call takes the vector's trigger away. */
  private boolean clears(int vector) {
    if (call == null || !covered(vector) || !call.dataIs(IrqSetFlags.DATA_EVENTFD)) {
      return false;
    }
    VectorState wanted = expected.interrupts().vectors().get(vector);
    return wanted != null && !wanted.armed();
  }

  private static String name(int irq) {
    return irq == VectorState.IRQ_UNKNOWN ? "(number not known)" : Integer.toString(irq);
  }
}

package dev.irqledger.core.fold;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorMapBuilder;
import dev.irqledger.core.state.VectorState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reality wins: lays what the kernel showed over what the rules expect. Where both agree, what only
 * the rules know (the phase, the trigger's number, since when) is kept.
 */
final class Facts {
  private Facts() {}

  /**
   * The interrupts as the view shows them.
   *
   * @param expected what the rules give
   * @param nowMicros the host time of the view
   */
  static Interrupts take(Interrupts expected, KernelView view, long nowMicros) {
    VectorMap before =
        view.mode().hasVectors() || !view.allocated().isEmpty()
            ? expected.vectors()
            : VectorMap.EMPTY;
    VectorMapBuilder vectors = new VectorMapBuilder(before);
    int held = before.next(view.from());
    List<KernelView.Seen> allocated = view.allocated();
    for (int i = 0; i < allocated.size(); i++) { // by index: most views show one vector
      KernelView.Seen seen = allocated.get(i);
      for (; held >= 0 && held < seen.vector(); held = before.next(held + 1)) {
        vectors.put(held, null);
      }
      vectors.put(seen.vector(), merge(vectors.get(seen.vector()), seen, nowMicros));
      held = before.next(seen.vector() + 1);
    }
    for (; held >= 0 && held < view.to(); held = before.next(held + 1)) {
      vectors.put(held, null);
    }
    return takeMode(expected.withVectors(vectors.build()), view.mode());
  }

  private static Interrupts takeMode(Interrupts expected, InterruptMode shown) {
    if (expected.isShownAs(shown)) {
      return expected;
    }
    int trigger = shown == InterruptMode.INTX ? Eventfd.SOME : Eventfd.NONE;
    return expected.withMode(shown).withSingle(IrqIndex.INTX, trigger);
  }

  private static VectorState merge(
      @Nullable VectorState expected, KernelView.Seen seen, long nowMicros) {
    int irq = Math.max(seen.irq(), VectorState.IRQ_UNKNOWN);
    boolean same = expected != null && (!expected.irqKnown() || irq == expected.irq() || irq == 0);
    if (expected == null || !same) {
      return seen.armed()
          ? new VectorState(Phase.ARMED, irq, Eventfd.SOME, false, nowMicros)
          : new VectorState(Phase.RESERVED, irq, Eventfd.NONE, false, nowMicros);
    }
    VectorState kept = irq == VectorState.IRQ_UNKNOWN ? expected : expected.withIrq(irq);
    if (kept.armed() == seen.armed()) {
      return kept;
    }
    return seen.armed()
        ? kept.armed(Eventfd.SOME, nowMicros)
        : kept.unarmed(Phase.CACHED, nowMicros);
  }
}

package dev.irqledger.core.fold;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a folded state against what the kernel shows at a later moment of rest. */
public final class Drift {
  private Drift() {}

  /**
   * In what the kernel's view differs from the state, one difference a line; empty where both
   * agree. What only one of them can know (an irq's number, a trigger's number, INTx without a
   * trigger) is no difference.
   */
  public static List<String> between(DeviceState state, KernelView view) {
    List<String> differences = new ArrayList<>();
    InterruptMode mode = state.interrupts().mode();
    if (!state.interrupts().isShownAs(view.mode())) {
      differences.add(difference("mode", mode.label(), view.mode().label()));
    }
    VectorMap vectors = state.interrupts().vectors();
    int held = vectors.next(view.from());
    for (KernelView.Seen seen : view.allocated()) {
      for (; held >= 0 && held < seen.vector(); held = vectors.next(held + 1)) {
        addTo(differences, held, vectors.get(held), null);
      }
      addTo(differences, seen.vector(), vectors.get(seen.vector()), seen);
      held = vectors.next(seen.vector() + 1);
    }
    for (; held >= 0 && held < view.to(); held = vectors.next(held + 1)) {
      addTo(differences, held, vectors.get(held), null);
    }
    return differences;
  }

  /**
   * Whether a snapshot with that view would tell the log anything: a difference, an irq's number
   * that was not known, certainty where there was none, or that there is such a device.
   */
  public static boolean tells(DeviceState state, KernelView view) {
    return state.uncertain()
        || state.head().epoch() == LogHead.START.epoch()
        || !Facts.take(state.interrupts(), view, state.head().hostTimeMicros())
            .equals(state.interrupts());
  }

  private static void addTo(
      List<String> differences,
      int vector,
      @Nullable VectorState state,
      KernelView.@Nullable Seen seen) {
    boolean bothIrqs =
        state != null && seen != null && state.irqKnown() && seen.irq() != VectorState.IRQ_UNKNOWN;
    boolean same =
        state != null
            && seen != null
            && state.armed() == seen.armed()
            && (!bothIrqs || state.irq() == seen.irq());
    if (!same) {
      differences.add(
          difference(
              "vector " + vector,
              state == null ? "free" : text(state.irq(), state.armed()),
              seen == null ? "free" : text(seen.irq(), seen.armed())));
    }
  }

  private static String difference(String what, String ledger, String kernel) {
    return what + ": the ledger has " + ledger + ", the kernel shows " + kernel;
  }

  private static String text(int irq, boolean armed) {
    String number = irq == VectorState.IRQ_UNKNOWN ? "an irq" : "irq " + irq;
    return number + (armed ? ", armed" : ", not armed");
  }
}

package dev.irqledger.core.fold;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Small changes to honest reports. */
final class Lies {
  /** An irq that no test host gives away. */
  static final int OTHER_IRQ = 9_000;

  private Lies() {}

  static InterruptsSet with(InterruptsSet set, KernelView view) {
    return new InterruptsSet(set.call(), set.result(), set.latencyNanos(), view);
  }

  static InterruptsSet with(InterruptsSet set, int result) {
    return new InterruptsSet(set.call(), OptionalInt.of(result), set.latencyNanos(), set.after());
  }

  /** The view without the vector. */
  static KernelView without(KernelView view, int vector) {
    return of(view, view.allocated().stream().filter(seen -> seen.vector() != vector).toList());
  }

  /** The view with that instead of what it shows of the vector, its range grown if need be. */
  static KernelView with(KernelView view, Seen seen) {
    List<Seen> all = new ArrayList<>(without(view, seen.vector()).allocated());
    all.add(seen);
    all.sort(Comparator.comparingInt(Seen::vector));
    boolean nothing = view.from() == view.to();
    return new KernelView(
        view.mode(),
        nothing ? seen.vector() : Math.min(view.from(), seen.vector()),
        Math.max(view.to(), seen.vector() + 1),
        all);
  }

  /** The report with that irq for a vector that it shows. */
  static InterruptsSet irq(InterruptsSet set, KernelView view, Seen seen, int irq) {
    return with(set, with(view, new Seen(seen.vector(), irq, seen.armed())));
  }

  static KernelView with(KernelView view, InterruptMode mode) {
    return new KernelView(mode, view.from(), view.to(), view.allocated());
  }

  static @Nullable Seen first(KernelView view, Predicate<Seen> wanted) {
    return view.allocated().stream().filter(wanted).findFirst().orElse(null);
  }

  private static KernelView of(KernelView view, List<Seen> seen) {
    return new KernelView(view.mode(), view.from(), view.to(), seen);
  }
}

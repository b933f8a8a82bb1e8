package dev.irqledger.cli.conform;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.recordings.TraceStep;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what was computed with what a kernel showed after the same operation. */
final class StepComparison {
  private StepComparison() {}

  /** The first difference in the device's interrupts, in words; null where there is none. */
  static @Nullable String interrupts(TraceStep step, Interrupts computed, boolean irqsKnown) {
    if (computed.mode() != step.mode()) {
      return "mode " + computed.mode().label() + ", the kernel shows " + step.mode().label();
    }
    Set<Integer> irqs = new HashSet<>();
    for (KernelView.Seen seen : step.irqs()) {
      if (!irqs.add(seen.irq())) {
        return "one irq for each vector, the kernel shows irq " + seen.irq() + " twice";
      }
    }
    VectorMap vectors = computed.vectors();
    for (KernelView.Seen seen : step.irqs()) {
      String difference = vector(seen, vectors.get(seen.vector()), irqsKnown);
      if (difference != null) {
        return "vector " + seen.vector() + ": " + difference;
      }
    }
    if (vectors.counts().allocated() != step.irqs().size()) {
      return vectors.counts().allocated()
          + " vectors allocated, the kernel shows "
          + step.irqs().size();
    }
    return null;
  }

  private static @Nullable String vector(
      KernelView.Seen seen, @Nullable VectorState state, boolean irqsKnown) {
    if (state == null) {
      return "free, the kernel shows irq " + seen.irq();
    }
    if (irqsKnown && state.irq() != seen.irq()) {
      return "irq " + state.irq() + " kept, the kernel shows " + seen.irq();
    }
    if (state.armed() != seen.armed()) {
      return (state.armed() ? "a trigger" : "no trigger")
          + ", the kernel shows "
          + (seen.armed() ? "one" : "none");
    }
    return null;
  }

  /** The difference in the result, in words; null where there is none. */
  static @Nullable String result(TraceStep step, int computed) {
    return computed == step.ret()
        ? null
        : "result " + Errno.describe(computed) + ", the kernel gave " + Errno.describe(step.ret());
  }

  /** The difference in what was signalled, in words; null where there is none. */
  static @Nullable String signals(TraceStep step, Collection<? extends Change> changes) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (Change change : changes) {
      if (change instanceof Change.EventfdSignalled(int fd)) {
        counts.merge(fd, 1L, Long::sum);
      }
    }
    Map<Integer, Long> shown = new TreeMap<>(step.signalled());
    shown.values().removeIf(count -> count == 0);
    return counts.equals(shown)
        ? null
        : "eventfds signalled " + counts + ", the kernel signalled " + step.signalled();
  }
}

package dev.irqledger.recordings;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.KernelView;
import java.util.List;

/**
 * All that a trace shows of a device at one moment.
 *
 * @param mode the mode in use
 * @param irqs the allocated vectors, rising
 */
record Shown(InterruptMode mode, List<KernelView.Seen> irqs) {
  static final Shown NOTHING = new Shown(InterruptMode.NONE, List.of());

  static Shown after(TraceStep step) {
    return new Shown(step.mode(), step.irqs());
  }

  /** The mode, and of the vectors those in the range. */
  KernelView view(TouchedRange range) {
    List<KernelView.Seen> inside =
        irqs.stream().filter(seen -> range.contains(seen.vector())).toList();
    return new KernelView(mode, range.from(), range.to(), inside);
  }

  /** The range, grown to hold each vector that is not here as it was before. */
  TouchedRange growToDifferences(TouchedRange range, Shown before) {
    int i = 0;
    int j = 0;
    while (i < irqs.size() || j < before.irqs.size()) {
      int here = vector(irqs, i);
      int there = vector(before.irqs, j);
      if (here != there || !irqs.get(i).equals(before.irqs.get(j))) {
        range = range.including(Math.min(here, there));
      }
      i += here <= there ? 1 : 0;
      j += there <= here ? 1 : 0;
    }
    return range;
  }

  private static int vector(List<KernelView.Seen> irqs, int i) {
    return i < irqs.size() ? irqs.get(i).vector() : KernelView.MAX_VECTORS;
  }
}

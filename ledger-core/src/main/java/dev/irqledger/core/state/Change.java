package dev.irqledger.core.state;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One difference between the state before an event and the state after it. */
@SuppressWarnings("ReferenceEquality") // what was not touched is the same object
public sealed interface Change {
  /** The device went from one mode to another. */
  record ModeChanged(InterruptMode before, InterruptMode after) implements Change {}

  /** One vector is other than before; null stands for a free one. */
  record VectorChanged(int vector, @Nullable VectorState before, @Nullable VectorState after)
      implements Change {}

  /** All irqs were freed at once: those of the vectors that were not free. */
  record AllReleased(VectorMap before) implements Change {}

  /** The trigger of INTx, ERR or REQ is another one. */
  record TriggerChanged(IrqIndex index, int before, int after) implements Change {}

  /**
   * What is other in {@code after}, in the order triggers, vectors, mode. Where every irq is gone
   * there is one {@link AllReleased} instead of a change for each vector.
   */
  static List<Change> between(Interrupts before, Interrupts after) {
    if (before == after) {
      return List.of();
    }
    List<Change> changes = new ArrayList<>(2);
    for (IrqIndex index : SINGLE) {
      if (before.single(index) != after.single(index)) {
        changes.add(new TriggerChanged(index, before.single(index), after.single(index)));
      }
    }
    if (after.vectors().isEmpty() && !before.vectors().isEmpty()) {
      changes.add(new AllReleased(before.vectors()));
    } else {
      before
          .vectors()
          .forEachDifference(
              after.vectors(),
              (vector, was, is) -> changes.add(new VectorChanged(vector, was, is)));
    }
    if (before.mode() != after.mode()) {
      changes.add(new ModeChanged(before.mode(), after.mode()));
    }
    return changes;
  }

  /** The indexes that have a single trigger. */
  List<IrqIndex> SINGLE = List.of(IrqIndex.INTX, IrqIndex.ERR, IrqIndex.REQ);

  /** An eventfd was signalled by a loopback. */
  record EventfdSignalled(int fd) implements Change {}
}

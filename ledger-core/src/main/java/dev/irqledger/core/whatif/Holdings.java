package dev.irqledger.core.whatif;

import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.VectorState;
import org.jspecify.annotations.Nullable;

/** What two accounts of a device must have in common to be the same history. */
final class Holdings {
  private Holdings() {}

  /**
   * Whether both have the same mode, hold irqs for the same vectors and have the same of them
   * armed. Numbers of irqs are no difference, nor is whether one without a trigger counts as
   * cached.
   */
  static boolean same(Interrupts a, Interrupts b) {
    if (a.mode() != b.mode()) {
      return false;
    }
    boolean[] same = {true};
    a.vectors()
        .forEachDifference(b.vectors(), (_, one, other) -> same[0] &= sameHolding(one, other));
    return same[0];
  }

  private static boolean sameHolding(@Nullable VectorState one, @Nullable VectorState other) {
    return one != null && other != null && one.armed() == other.armed();
  }
}

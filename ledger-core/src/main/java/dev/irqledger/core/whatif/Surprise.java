package dev.irqledger.core.whatif;

import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel showed and the calls alone do not give: a snapshot tells of a call that nobody
 * saw. It happens to the other history as well, vector by vector.
 *
 * @param expected the device as the log's calls give it
 * @param shown the device as the log has it
 */
record Surprise(Interrupts expected, Interrupts shown) {
  /** The interrupts with all that was not expected. */
  Interrupts befall(Interrupts own) {
    VectorMap[] vectors = {own.vectors()};
    expected
        .vectors()
        .forEachDifference(
            shown.vectors(),
            (vector, was, is) ->
                vectors[0] = vectors[0].with(vector, of(vectors[0].get(vector), was, is)));
    Interrupts after = own.withVectors(vectors[0]);
    for (IrqIndex index : Change.SINGLE) {
      if (expected.single(index) != shown.single(index)) {
        after = after.withSingle(index, shown.single(index));
      }
    }
    return expected.mode() == shown.mode() ? after : after.withMode(shown.mode());
  }

  /** An irq that was freed here and is cached there stays free. */
  private static @Nullable VectorState of(
      @Nullable VectorState own, @Nullable VectorState was, @Nullable VectorState is) {
    return own == null && was != null && is != null && !is.armed() ? null : is;
  }
}

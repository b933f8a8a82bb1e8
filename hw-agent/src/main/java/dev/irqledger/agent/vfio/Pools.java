package dev.irqledger.agent.vfio;

import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What a modelled host's devices draw on together: CPU vectors, interrupt-remapping entries, and
 * irq numbers. Confined to the host's lock.
 */
final class Pools {
  /** Numbers below belong to the host's legacy interrupts. */
  static final int FIRST_IRQ = 24;

  private final HostCapacity capacity;
  private final BitSet numbers = new BitSet();
  private int armed;
  private int allocated;

  Pools(HostCapacity capacity) {
    this.capacity = capacity;
    numbers.set(0, FIRST_IRQ);
  }

  HostCapacity capacity() {
    return capacity;
  }

  int freeCpuVectors() {
    return capacity.cpuVectors() - armed;
  }

  int freeIrtes() {
    return capacity.irtes() - allocated;
  }

  /** The lowest irq number from {@code least} on that nobody has. */
  int freeNumber(int least) {
    return numbers.nextClearBit(least);
  }

  /** A device's vectors went from one state to another. */
  void moved(VectorMap before, VectorMap after) {
    armed += after.counts().armed() - before.counts().armed();
    allocated += after.counts().allocated() - before.counts().allocated();
    // first all numbers that are given up: another vector may have got one of them
    before.forEachDifference(after, (_, was, _) -> mark(was, false));
    before.forEachDifference(after, (_, _, is) -> mark(is, true));
  }

  private void mark(@Nullable VectorState state, boolean taken) {
    if (state != null) {
      numbers.set(state.irq(), taken);
    }
  }
}

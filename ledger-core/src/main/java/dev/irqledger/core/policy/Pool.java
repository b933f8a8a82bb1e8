package dev.irqledger.core.policy;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.VectorCounts;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What can run out on a host. */
public enum Pool {
  /** Held by armed vectors. */
  CPU_VECTORS("CPU vectors", Measure.ARMED),
  /** Held by every allocated vector, cached ones included. */
  REMAPPING_ENTRIES("interrupt-remapping entries or irq descriptors", Measure.ALLOCATED);

  private final String words;
  private final Measure measure;

  Pool(String words, Measure measure) {
    this.words = words;
    this.measure = measure;
  }

  public String words() {
    return words;
  }

  /** What of a device's vectors draws on it. */
  public Measure measure() {
    return measure;
  }

  /** How much of it vectors in these phases hold. */
  public int share(VectorCounts counts) {
    return measure.of(counts);
  }

  /**
   * Which pool ran out at a call; null where it tells of no shortage. A trigger that was refused on
   * a vector that has its irq found no CPU vector: the handler is requested after the irq is
   * allocated ({@code vfio_msi_set_vector_signal} in {@code drivers/vfio/pci/vfio_pci_intrs.c}). An
   * enable that returns how many it could give, and a vector that got no irq, found no entry.
   */
  public static @Nullable Pool exhaustedAt(EventBody body) {
    if (!(body instanceof InterruptsSet(SetIrqs call, OptionalInt result, _, var after))
        || result.isEmpty()
        || !call.dataIs(IrqSetFlags.DATA_EVENTFD)) {
      return null;
    }
    if (result.getAsInt() > 0) {
      return REMAPPING_ENTRIES;
    }
    if (result.getAsInt() != Errno.ENOSPC.result()) {
      return null;
    }
    return after != null && lacksIrq(call, after) ? REMAPPING_ENTRIES : CPU_VECTORS;
  }

  /**
   * Whether the call's first vector got no irq while the mode stays. In a longer block that failed
   * later on, a vector without an irq may as well not have been reached.
   */
  private static boolean lacksIrq(SetIrqs call, KernelView after) {
    int first = (int) call.start();
    return after.mode().hasVectors() && after.covers(first) && after.seen(first) == null;
  }
}

package dev.irqledger.core.rule;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorState;

/**
 * MSI and MSI-X as {@code vfio_pci_set_msi_trigger}, {@code vfio_msi_set_block} and {@code
 * vfio_msi_set_vector_signal} of {@code drivers/vfio/pci/vfio_pci_intrs.c} treat them.
 */
final class MsiCalls {
  private MsiCalls() {}

  /** The result of a call whose arguments were accepted. */
  static int apply(Draft draft, SetIrqs call, IrqIndex index) {
    InterruptMode own = InterruptMode.of(index);
    boolean inMode = draft.mode() == own;
    if (inMode && call.disables()) {
      disable(draft);
      return 0;
    }
    if (!inMode && draft.mode() != InterruptMode.NONE) {
      return Errno.EINVAL.result();
    }
    if (call.dataIs(IrqSetFlags.DATA_EVENTFD)) {
      return inMode ? setBlock(draft, call, index) : enable(draft, call, index);
    }
    return inMode ? loopback(draft, call, index) : Errno.EINVAL.result();
  }

  /** Frees every irq at once and leaves the mode. */
  static void disable(Draft draft) {
    draft.releaseAll();
    draft.mode(InterruptMode.NONE);
  }

  private static int enable(Draft draft, SetIrqs call, IrqIndex index) {
    int wanted = (int) (call.start() + call.count());
    if (wanted == 0) {
      return Errno.ERANGE.result(); // pci_alloc_irq_vectors: the most is less than the least
    }
    int granted = draft.environment.grant(wanted);
    if (granted != wanted) {
      return granted;
    }
    draft.mode(InterruptMode.of(index));
    for (int vector = 0; vector < wanted; vector++) {
      int refused = draft.allocate(vector, false);
      if (refused != 0) {
        draft.revert();
        return refused;
      }
    }
    int result =
        isEmptyBeyondLegacyRange(draft, call, index)
            ? Errno.EINVAL.result()
            : setEach(draft, call, index);
    if (result != 0) {
      draft.revert();
    }
    return result;
  }

  /** An empty block begins where the range just enabled ends: before 6.5 that is beyond it. */
  private static boolean isEmptyBeyondLegacyRange(Draft draft, SetIrqs call, IrqIndex index) {
    return call.count() == 0 && draft.generation(index) == KernelGeneration.LEGACY;
  }

  private static int setBlock(Draft draft, SetIrqs call, IrqIndex index) {
    if (beyondLegacyRange(draft.before, call, index)) {
      return Errno.EINVAL.result();
    }
    return setEach(draft, call, index);
  }

  /** Vectors in order; at the first failure every trigger from the first to the failing is gone. */
  private static int setEach(Draft draft, SetIrqs call, IrqIndex index) {
    int start = (int) call.start();
    int count = (int) call.count();
    for (int i = 0; i < count; i++) {
      int result = setVector(draft, start + i, call.fd(i), index);
      if (result != 0) {
        for (int vector = start; vector <= start + i; vector++) {
          draft.disarm(vector);
        }
        return result;
      }
    }
    return 0;
  }

  private static int setVector(Draft draft, int vector, int fd, IrqIndex index) {
    if (Eventfd.removes(fd)) {
      draft.disarm(vector);
      return 0;
    }
    VectorState state = draft.vector(vector);
    if (state == null) {
      if (draft.generation(index) != KernelGeneration.DYNAMIC) {
        return Errno.EINVAL.result();
      }
      int refused = draft.allocate(vector, true);
      state = draft.vector(vector);
      if (refused != 0 || state == null) {
        return refused;
      }
    }
    // whatever fails from here on, the irq just allocated stays
    int bad = draft.environment.eventfd(fd);
    return bad != 0 ? bad : draft.arm(vector, state, fd);
  }

  private static int loopback(Draft draft, SetIrqs call, IrqIndex index) {
    if (beyondLegacyRange(draft.before, call, index)) {
      return Errno.EINVAL.result();
    }
    int end = (int) (call.start() + call.count());
    int first = draft.vectors().next((int) call.start());
    for (int v = first; v >= 0 && v < end; v = draft.vectors().next(v + 1)) {
      VectorState state = draft.vector(v);
      if (state != null && state.armed() && selected(call, v - (int) call.start())) {
        draft.signal(state.trigger());
      }
    }
    return 0;
  }

  /** Whether a loopback means the {@code i}-th interrupt of the call. DATA_NONE means all. */
  static boolean selected(SetIrqs call, int i) {
    return !call.dataIs(IrqSetFlags.DATA_BOOL)
        || !(call.data() instanceof IrqSetData.Bools values)
        || values.at(i);
  }

  /** Before 6.5 a call was refused as a whole where it reached beyond the enabled range. */
  static boolean beyondLegacyRange(DeviceState before, SetIrqs call, IrqIndex index) {
    int enabled = before.counts().allocated();
    return before.profile().generation(index) == KernelGeneration.LEGACY
        && (call.start() + call.count() > enabled
            || (call.start() >= enabled && call.dataIs(IrqSetFlags.DATA_EVENTFD)));
  }
}

package dev.irqledger.recordings;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The calls that QEMU made on one device, in the order in which the kernel saw them. QEMU prints
 * some lines before and some after the call they speak of, and some calls have no line of their
 * own; each method is one row of the table from lines to calls, read from {@code hw/vfio/pci.c}.
 * QEMU's log has no results, so that none is given, except for resets: those are printed when they
 * have succeeded.
 */
final class QemuCalls {
  private enum Growth {
    /** QEMU adds a vector by a call for it alone: the kernel can grow the range. */
    DYNAMIC,
    /** QEMU disables MSI-X and enables it with more: so do those before 8.2, which do not say. */
    BY_ENABLING_ANEW
  }

  private final BitSet used = new BitSet();
  private InterruptMode mode = InterruptMode.NONE;
  private Growth growth = Growth.BY_ENABLING_ANEW;

  /** QEMU's own count of the vectors it enabled: 0 where it entered MSI-X with none in use. */
  private int vectors;

  /** {@code vfio_get_device}: the descriptor is there, nothing is in use. */
  void opened() {
    forgetMode(InterruptMode.NONE);
    growth = Growth.BY_ENABLING_ANEW;
  }

  /**
   * {@code vfio_msix_early_setup}: read while the device is opened. The flag is missing before 8.2;
   * without it the count is of no use, since the two together tell how the kernel behaves.
   */
  DeviceCapabilities msixSeen(int entries, boolean noresizeKnown, boolean noresize) {
    if (!noresizeKnown) {
      return DeviceCapabilities.UNSEEN;
    }
    growth = noresize ? Growth.BY_ENABLING_ANEW : Growth.DYNAMIC;
    int flags = IrqIndexInfo.EVENTFD | (noresize ? IrqIndexInfo.NORESIZE : 0);
    IrqIndexInfo unseen = IrqIndexInfo.UNSEEN;
    return new DeviceCapabilities(
        List.of(unseen, unseen, new IrqIndexInfo(entries, flags), unseen, unseen));
  }

  /** The opening itself, with what was seen since. */
  static DeviceOpened opening(DeviceCapabilities capabilities) {
    return new DeviceOpened(KernelRelease.UNKNOWN, capabilities, DeviceIdentity.UNKNOWN);
  }

  /** {@code vfio_detach_device}: the descriptor is closed next. */
  void detached(Consumer<EventBody> kernel) {
    forgetMode(InterruptMode.NONE);
    kernel.accept(new DeviceReleased(DeviceReleased.Cause.CLOSED, null));
  }

  /**
   * {@code vfio_intx_enable}, printed after its call. Leaving MSI or MSI-X ends by enabling INTx,
   * and the line for having left comes last: so the disable that came first is due here.
   */
  void intxEnabled(Consumer<EventBody> kernel) {
    leaveVectors(kernel);
    forgetMode(InterruptMode.INTX);
    set(kernel, SetIrqs.triggers(IrqIndex.INTX, 0, Eventfd.SOME));
  }

  /** {@code vfio_intx_disable}, printed after its call. */
  void intxDisabled(Consumer<EventBody> kernel) {
    forgetMode(InterruptMode.NONE);
    set(kernel, SetIrqs.disable(IrqIndex.INTX));
  }

  /**
   * {@code vfio_msix_enable}, printed after its calls. The guest's unmasked vectors were reported
   * as used before it and are enabled together; where there are none, vector 0 without an eventfd
   * puts the device into the mode. Where the kernel can grow the range this comes first in any
   * case, so that only the vectors in use are allocated by the block behind it.
   */
  void msixEnabled(Consumer<EventBody> kernel) {
    mode = InterruptMode.MSIX;
    vectors = used.length();
    if (vectors == 0 || growth == Growth.DYNAMIC) {
      set(kernel, SetIrqs.triggers(IrqIndex.MSIX, 0, Eventfd.NONE));
    }
    if (vectors > 0) {
      setUsedVectors(kernel);
    }
  }

  /**
   * {@code vfio_msix_vector_do_use}, printed before its calls. Out of MSI-X there are none yet: the
   * vector waits for {@link #msixEnabled}. In it, the vector gets its eventfd; where it lies beyond
   * the enabled range and that cannot grow, MSI-X is disabled and enabled anew. A vector stays used
   * until the mode is left, masked or not.
   */
  void msixVectorUsed(int vector, Consumer<EventBody> kernel) {
    used.set(vector);
    if (mode != InterruptMode.MSIX) {
      return;
    }
    boolean beyond = vector >= vectors;
    vectors = Math.max(vectors, vector + 1);
    if (beyond && growth == Growth.BY_ENABLING_ANEW) {
      set(kernel, SetIrqs.disable(IrqIndex.MSIX));
      setUsedVectors(kernel);
    } else {
      set(kernel, SetIrqs.triggers(IrqIndex.MSIX, vector, Eventfd.SOME));
    }
  }

  /**
   * {@code vfio_msix_disable}: INTx is back and the call was given then; but a device without an
   * INTx pin has no such line, and the call is due here.
   */
  void msixDisabled(Consumer<EventBody> kernel) {
    vectorsDisabled(IrqIndex.MSIX, kernel);
  }

  /** {@code vfio_msi_enable}, printed after its call, which arms every vector. */
  void msiEnabled(int count, Consumer<EventBody> kernel) {
    forgetMode(InterruptMode.MSI);
    int[] fds = new int[count];
    Arrays.fill(fds, Eventfd.SOME);
    set(kernel, SetIrqs.triggers(IrqIndex.MSI, 0, fds));
  }

  /** {@code vfio_msi_disable}: as {@link #msixDisabled}. */
  void msiDisabled(Consumer<EventBody> kernel) {
    vectorsDisabled(IrqIndex.MSI, kernel);
  }

  /** {@code vfio_pci_reset_flr} and {@code vfio_pci_reset_pm}, printed after success only. */
  void reset(Consumer<EventBody> kernel) {
    kernel.accept(new DeviceReset(OptionalInt.of(0), 0, null));
  }

  private void vectorsDisabled(IrqIndex index, Consumer<EventBody> kernel) {
    if (mode != InterruptMode.INTX) {
      forgetMode(InterruptMode.NONE);
      set(kernel, SetIrqs.disable(index));
    }
  }

  private void leaveVectors(Consumer<EventBody> kernel) {
    switch (mode) {
      case MSI -> set(kernel, SetIrqs.disable(IrqIndex.MSI));
      case MSIX -> set(kernel, SetIrqs.disable(IrqIndex.MSIX));
      case NONE, INTX -> {}
    }
  }

  private void forgetMode(InterruptMode next) {
    mode = next;
    used.clear();
    vectors = 0;
  }

  private void setUsedVectors(Consumer<EventBody> kernel) {
    int[] fds = new int[vectors];
    for (int i = 0; i < vectors; i++) {
      fds[i] = used.get(i) ? Eventfd.SOME : Eventfd.NONE;
    }
    set(kernel, SetIrqs.triggers(IrqIndex.MSIX, 0, fds));
  }

  private static void set(Consumer<EventBody> kernel, SetIrqs call) {
    kernel.accept(new InterruptsSet(call, OptionalInt.empty(), 0, null));
  }
}

package dev.irqledger.core.rule;

import dev.irqledger.core.device.CloseDevice;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.OpenDevice;
import dev.irqledger.core.device.ResetDevice;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.Profile.Openness;
import java.util.List;

/**
 * What vfio-pci does with a device's interrupts, as a pure function. Source: Linux 6.12, {@code
 * drivers/vfio/pci/vfio_pci_intrs.c} and {@code drivers/vfio/vfio_main.c}; for kernels before 6.5,
 * the same files of Linux 6.1. Checked against recordings from both.
 */
public final class VfioPciModel {
  private VfioPciModel() {}

  /**
   * What the call does to the device. A call that fails is a result like any other; nothing is
   * thrown.
   *
   * @param state the device before the call
   * @param call the call
   * @param policy when irqs without a trigger are freed; {@link ReleasePolicy#KERNEL} is what
   *     kernels do
   * @param environment what the device cannot know
   */
  public static Outcome apply(
      DeviceState state, VfioCall call, ReleasePolicy policy, Environment environment) {
    int refusal = environment.refusal();
    if (refusal != 0) {
      return unchanged(state, refusal);
    }
    return switch (call) {
      case OpenDevice open -> opened(state, open);
      case CloseDevice _ -> released(state);
      case ResetDevice _ -> isClosed(state) ? badDescriptor(state) : unchanged(state, 0);
      case SetIrqs set -> set(state, set, policy, environment);
    };
  }

  private static Outcome set(
      DeviceState state, SetIrqs call, ReleasePolicy policy, Environment environment) {
    if (isClosed(state)) {
      return badDescriptor(state);
    }
    int refusal = ArgumentCheck.refusal(call, state.profile());
    IrqIndex index = IrqIndex.of(call.index());
    if (refusal != 0 || index == null) {
      return unchanged(state, refusal);
    }
    Draft draft = new Draft(state, policy, environment);
    int result =
        switch (index) {
          case INTX -> IntxCalls.apply(draft, call);
          case MSI, MSIX -> MsiCalls.apply(draft, call, index);
          case ERR, REQ -> SingleEventfdCalls.apply(draft, call, index);
        };
    draft.applyPolicy();
    return draft.outcome(result);
  }

  private static Outcome opened(DeviceState state, OpenDevice open) {
    if (state.profile().open() == Openness.OPEN) {
      return unchanged(state, Errno.EBUSY.result());
    }
    return new Outcome(state, opened(state, open, state.profile().identity()), 0, List.of());
  }

  /** The device just after it was opened: nothing is allocated. */
  public static DeviceState opened(DeviceState state, OpenDevice open, DeviceIdentity identity) {
    KernelGeneration generation =
        KernelGeneration.of(open.kernel(), open.capabilities().of(IrqIndex.MSIX));
    return state
        .with(new Profile(open.kernel(), open.capabilities(), generation, identity, Openness.OPEN))
        .with(Interrupts.NONE);
  }

  /** The device after its last close: everything is released at once. */
  public static Outcome released(DeviceState state) {
    if (isClosed(state)) {
      return badDescriptor(state);
    }
    DeviceState after = state.with(state.profile().with(Openness.CLOSED)).with(Interrupts.NONE);
    return new Outcome(state, after, 0, List.of());
  }

  private static boolean isClosed(DeviceState state) {
    return state.profile().open() == Openness.CLOSED;
  }

  private static Outcome badDescriptor(DeviceState state) {
    return unchanged(state, Errno.EBADF.result());
  }

  private static Outcome unchanged(DeviceState state, int result) {
    return new Outcome(state, state, result, List.of());
  }
}

package dev.irqledger.core.fold;

import static dev.irqledger.core.event.KernelView.MAX_VECTORS;

import dev.irqledger.core.device.CloseDevice;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.OpenDevice;
import dev.irqledger.core.device.ResetDevice;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.rule.Life.Step;
import dev.irqledger.core.state.Interrupts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Tells what happened to a device as an honest agent would. */
public enum Witness {
  /** Looks at the vectors that a call may touch, after each call. */
  LOOKING,
  /** Sees the calls and their results alone. */
  SEEING_CALLS;

  /** What it reports of a step. */
  public EventBody tell(Step step) {
    int result = step.outcome().result();
    return switch (step.call()) {
      case OpenDevice open when result == 0 ->
          new DeviceOpened(open.kernel(), open.capabilities(), DeviceIdentity.UNKNOWN);
      case CloseDevice _ when result == 0 ->
          new DeviceReleased(DeviceReleased.Cause.CLOSED, view(step, 0, MAX_VECTORS));
      case OpenDevice _, CloseDevice _ -> new CommandRefused("result " + result);
      case ResetDevice _ -> new DeviceReset(OptionalInt.of(result), 0, view(step, 0, 0));
      case SetIrqs call -> new InterruptsSet(call, OptionalInt.of(result), 0, touched(step, call));
    };
  }

  private @Nullable KernelView touched(Step step, SetIrqs call) {
    IrqIndex index = IrqIndex.of(call.index());
    if (step.before().interrupts().mode() != step.after().interrupts().mode()) {
      return view(step, 0, MAX_VECTORS);
    }
    long end = Math.min(MAX_VECTORS, call.start() + call.count());
    return (index == IrqIndex.MSI || index == IrqIndex.MSIX) && call.start() < end
        ? view(step, (int) call.start(), (int) end)
        : view(step, 0, 0);
  }

  private @Nullable KernelView view(Step step, int from, int to) {
    return this == LOOKING ? view(step.after().interrupts(), from, to) : null;
  }

  /** What sysfs shows of the vectors {@code from} to {@code to - 1}. */
  static KernelView view(Interrupts interrupts, int from, int to) {
    List<KernelView.Seen> seen = new ArrayList<>();
    interrupts
        .vectors()
        .forEach((vector, state) -> {
          if (vector >= from && vector < to) {
            seen.add(new KernelView.Seen(vector, state.irq(), state.armed()));
          }
        });
    // INTx without a trigger has no handler, so sysfs shows nothing of it
    boolean hidden =
        interrupts.mode() == InterruptMode.INTX && interrupts.intxTrigger() == Eventfd.NONE;
    return new KernelView(hidden ? InterruptMode.NONE : interrupts.mode(), from, to, seen);
  }
}

package dev.irqledger.recordings;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import java.util.OptionalInt;

/** The events that a trace's step stands for. */
final class TraceEvents {
  private TraceEvents() {}

  /**
   * What one operation gives.
   *
   * @param body its event: exactly one for each operation
   * @param told what a reader of the events knows after it
   */
  record Told(EventBody body, Shown told) {}

  /**
   * The event of the operation. An opening and a refusal cannot carry what the kernel showed after
   * them; where that is not what they imply, the next event's view tells it as a difference.
   */
  static Told of(TraceHeader header, Shown before, TraceStep step) {
    Shown after = Shown.after(step);
    return switch (step.op()) {
      case Op.Open _ when step.info() != null ->
          new Told(
              new DeviceOpened(header.kernel(), step.info(), header.identity()), Shown.NOTHING);
      case Op.Open _ ->
          new Told(new CommandRefused("open failed: " + Errno.describe(step.ret())), before);
      case Op.Close _ ->
          new Told(
              new DeviceReleased(
                  DeviceReleased.Cause.CLOSED, KernelView.whole(after.mode(), after.irqs())),
              after);
      case Op.Reset _ ->
          new Told(
              new DeviceReset(
                  OptionalInt.of(step.ret()),
                  step.ns(),
                  after.view(after.growToDifferences(TouchedRange.NONE, before))),
              after);
      case Op.Set(SetIrqs call) -> new Told(set(call, before, step, after), after);
    };
  }

  private static InterruptsSet set(SetIrqs call, Shown before, TraceStep step, Shown after) {
    TouchedRange touched = TouchedRange.of(call, step.ret(), before.mode(), after.mode());
    return new InterruptsSet(
        call,
        OptionalInt.of(step.ret()),
        step.ns(),
        after.view(after.growToDifferences(touched, before)));
  }
}

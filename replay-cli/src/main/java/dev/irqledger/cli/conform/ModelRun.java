package dev.irqledger.cli.conform;

import dev.irqledger.core.device.CloseDevice;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.OpenDevice;
import dev.irqledger.core.device.ResetDevice;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.rule.Outcome;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.VfioPciModel;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.TraceHeader;
import dev.irqledger.recordings.TraceStep;
import org.jspecify.annotations.Nullable;

/** One trace through the model, the host's capacity inferred on the way. */
final class ModelRun {
  private final TraceHeader header;
  private DeviceState state;
  private Capacity capacity = Capacity.UNKNOWN;
  private int capacityChanges;

  ModelRun(TraceHeader header, String host) {
    this.header = header;
    this.state = DeviceState.unseen(new DeviceKey(host, header.bdf()));
  }

  /** The first difference after that operation, in words; null where there is none. */
  @Nullable String next(TraceStep step) {
    Outcome outcome = apply(step, capacity);
    String difference = compare(step, outcome);
    if (difference != null && meetsAnEnd(step, outcome)) {
      Capacity other = infer(step);
      if (other != null) {
        capacityChanges += capacity.known() ? 1 : 0;
        capacity = other;
        outcome = apply(step, other);
        difference = null;
      }
    }
    state = outcome.state();
    return difference;
  }

  /** Goes on from what the kernel shows, after a difference. */
  void resume(Interrupts shown) {
    state = state.with(shown);
  }

  /** What was learned of the host's capacity, in words; null where nothing ran out. */
  @Nullable String inferred() {
    if (!capacity.known()) {
      return null;
    }
    return capacity + (capacityChanges > 0 ? ", which changed " + capacityChanges + " times" : "");
  }

  private static boolean meetsAnEnd(TraceStep step, Outcome outcome) {
    return step.ret() == Errno.ENOSPC.result()
        || step.ret() > 0
        || outcome.result() == Errno.ENOSPC.result()
        || outcome.result() > 0;
  }

  /** The capacity with which the model does what the kernel did; null where there is none. */
  private @Nullable Capacity infer(TraceStep step) {
    VectorCounts held = state.counts();
    int count = step.op() instanceof Op.Set(var call) ? call.data().length() : 0;
    if (step.ret() > 0 && fits(step, new Capacity(Capacity.UNBOUNDED, step.ret()))) {
      return new Capacity(Capacity.UNBOUNDED, step.ret());
    }
    for (Capacity candidate : Capacity.candidates(held.armed(), held.allocated(), count)) {
      if (fits(step, candidate)) {
        return candidate;
      }
    }
    return fits(step, Capacity.UNKNOWN) ? Capacity.UNKNOWN : null;
  }

  private boolean fits(TraceStep step, Capacity candidate) {
    return compare(step, apply(step, candidate)) == null;
  }

  private Outcome apply(TraceStep step, Capacity supposed) {
    return VfioPciModel.apply(
        state, call(step), ReleasePolicy.KERNEL, new TraceHost(step, state.counts(), supposed));
  }

  private VfioCall call(TraceStep step) {
    return switch (step.op()) {
      case Op.Open() -> {
        DeviceCapabilities info = step.info();
        yield new OpenDevice(header.kernel(), info == null ? DeviceCapabilities.UNSEEN : info);
      }
      case Op.Close() -> new CloseDevice();
      case Op.Reset() -> new ResetDevice();
      case Op.Set(var call) -> call;
    };
  }

  private static @Nullable String compare(TraceStep step, Outcome outcome) {
    String difference = StepComparison.result(step, outcome.result());
    if (difference == null) {
      difference = StepComparison.interrupts(step, outcome.state().interrupts(), true);
    }
    return difference == null ? StepComparison.signals(step, outcome.signals()) : difference;
  }
}

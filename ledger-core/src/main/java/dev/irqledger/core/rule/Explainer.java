package dev.irqledger.core.rule;

import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Profile.Openness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an environment in which the rules give what an event reports. The answer is exact in
 * what rules decide, and generous in what only the environment decides: an -ENOSPC alone is no
 * breach.
 */
public final class Explainer {
  private static final List<KernelGeneration> GENERATIONS =
      List.of(KernelGeneration.DYNAMIC, KernelGeneration.FIXED, KernelGeneration.LEGACY);

  /**
   * With these a call can be turned down before vfio-pci looks at it: the arguments cannot be
   * copied in, or the device's power state does not allow it ({@code vfio_pci_core_ioctl} and
   * {@code vfio_device_fops_unl_ioctl}).
   */
  private static final Set<Integer> BEFOREHAND =
      Set.of(Errno.EFAULT.result(), Errno.ENOMEM.result(), Errno.EIO.result());

  private Explainer() {}

  /** The best account of the call; total, whatever is reported. */
  public static Explained explain(DeviceState state, InterruptsSet reported, long nowMicros) {
    InterruptsSet set = UnseenDescriptors.asShown(reported);
    if (state.profile().generation() != KernelGeneration.UNKNOWN) {
      return new Attempt(state, set, nowMicros).explain();
    }
    return explainLearning(state, set, nowMicros);
  }

  /**
   * Tries the generations in turn; one that alone gives the report is learned. A breach is one only
   * where no generation does what the kernel shows.
   */
  private static Explained explainLearning(DeviceState state, InterruptsSet set, long nowMicros) {
    List<Explained> tried = new ArrayList<>();
    for (KernelGeneration generation : GENERATIONS) {
      DeviceState supposed = state.with(state.profile().with(generation));
      tried.add(new Attempt(supposed, set, nowMicros).explain());
    }
    List<Explained> found = tried.stream().filter(Explained::found).toList();
    List<Explained> fitting = found.stream().filter(each -> each.isShown(set.after())).toList();
    Explained best =
        Stream.of(fitting, found, tried).flatMap(List::stream).findFirst().orElseThrow();
    boolean telling = fitting.size() == 1 && set.result().isPresent();
    return telling ? best : best.learned(KernelGeneration.UNKNOWN);
  }

  /** One report held against one generation's rules. */
  private record Attempt(DeviceState state, InterruptsSet set, long nowMicros) {

    Explained explain() {
      SetIrqs call = set.call();
      Explanation ideal = Explanation.ideal(nowMicros, set.after());
      Trial best = run(ideal);
      if (set.result().isEmpty()) {
        return best.result() == 0 ? successful(best) : Explained.ambiguous(best);
      }
      int result = set.result().getAsInt();
      if (result == 0) {
        return best.result() == 0 ? successful(best) : withoutUnseen(best, ideal);
      }
      IrqIndex index = IrqIndex.of(call.index());
      if (index != null && isOpen() && ArgumentCheck.refusal(call, state.profile()) == 0) {
        Explained failure = failed(call, index, result, ideal);
        if (failure.found()) {
          return failure.isShown(set.after())
              ? failure
              : refusedIfShown(index, result, ideal, failure);
        }
      }
      if (best.result() == result) {
        return Explained.certain(best);
      }
      Trial refused = run(ideal.refused(result));
      return mayBeRefused(index, result) ? Explained.certain(refused) : Explained.none(refused);
    }

    /** Where the kernel shows that nothing was done, the call may have been turned down before. */
    private Explained refusedIfShown(
        IrqIndex index, int result, Explanation ideal, Explained failure) {
      Explained refused = Explained.certain(run(ideal.refused(result)));
      return mayBeRefused(index, result) && refused.isShown(set.after()) ? refused : failure;
    }

    private Trial run(Environment environment) {
      return run(set.call(), environment);
    }

    private Trial run(SetIrqs call, Environment environment) {
      return new Trial(
          call, environment, VfioPciModel.apply(state, call, ReleasePolicy.KERNEL, environment));
    }

    private boolean isOpen() {
      return state.profile().open() != Openness.CLOSED;
    }

    /** A success with descriptors that nobody saw leaves open which vectors are armed. */
    private Explained successful(Trial trial) {
      return set.after() == null && UnseenDescriptors.anyIn(set.call())
          ? Explained.ambiguous(trial)
          : Explained.certain(trial);
    }

    /** A success that the rules allow only where the descriptors that nobody saw were none. */
    private Explained withoutUnseen(Trial refused, Environment ideal) {
      Trial cleared = run(UnseenDescriptors.asNone(set.call()), ideal);
      return cleared.result() == 0 ? Explained.ambiguous(cleared) : Explained.none(refused);
    }

    /** A call whose arguments are right failed: which of its steps can have? */
    private Explained failed(SetIrqs call, IrqIndex index, int result, Explanation ideal) {
      if (!call.dataIs(DATA_EVENTFD) || !(armsAny(call) || isEnable(call, index))) {
        return Explained.none(run(ideal));
      }
      if (index != IrqIndex.MSI && index != IrqIndex.MSIX) {
        Trial trial = run(ideal.badEventfd(result));
        return trial.result() == result && result < 0
            ? Explained.certain(trial)
            : Explained.none(trial);
      }
      if (isEnable(call, index)) {
        Trial trial = run(ideal.granted(result));
        return mayBeGranted(call, result) ? Explained.certain(trial) : Explained.none(trial);
      }
      if (state.interrupts().mode() != InterruptMode.of(index) || result > 0) {
        return Explained.none(run(ideal));
      }
      if (MsiCalls.beyondLegacyRange(state, call, index)) { // refused as a whole
        return Explained.none(run(ideal));
      }
      BlockFailure failure = BlockFailure.find(state, call, index, result, set.after());
      if (failure == null) { // perhaps what the kernel shows breaks a rule, not the result
        failure = BlockFailure.find(state, call, index, result, null);
      }
      if (failure == null) {
        return Explained.none(run(ideal));
      }
      SetIrqs passed =
          UnseenDescriptors.passedOver(
              call,
              failure.vector(),
              state.interrupts().vectors(),
              state.profile().generation(index) == KernelGeneration.DYNAMIC,
              set.after());
      Trial trial = run(passed, ideal.failedAt(failure.vector(), failure.beforeIrq(), result));
      return failure.onlyOne() || set.after() != null
          ? Explained.certain(trial)
          : Explained.ambiguous(trial);
    }

    private boolean isEnable(SetIrqs call, IrqIndex index) {
      return (index == IrqIndex.MSI || index == IrqIndex.MSIX)
          && call.dataIs(DATA_EVENTFD)
          && call.start() + call.count() > 0
          && state.interrupts().mode() == InterruptMode.NONE;
    }

    /** Whatever fails within an enable, nothing stays; a positive result is fewer than asked. */
    private boolean mayBeGranted(SetIrqs call, int result) {
      return result < 0
          ? result != Errno.EBADF.result() || armsAny(call)
          : result < call.start() + call.count();
    }

    private boolean mayBeRefused(@Nullable IrqIndex index, int result) {
      boolean countUnseen = index != null && !state.profile().capabilities().of(index).known();
      boolean maybeClosed = state.profile().open() == Openness.UNSEEN;
      return BEFOREHAND.contains(result)
          || (countUnseen && result == Errno.EINVAL.result())
          || (maybeClosed && result == Errno.EBADF.result());
    }

    private static boolean armsAny(SetIrqs call) {
      for (int i = 0; i < call.data().length(); i++) {
        if (Eventfd.mayArm(call.fd(i))) {
          return true;
        }
      }
      return false;
    }
  }
}

package dev.irqledger.core.fold;

import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;
import static dev.irqledger.core.device.IrqSetFlags.DATA_NONE;
import static dev.irqledger.core.fold.Circumstances.dynamic;
import static dev.irqledger.core.fold.Circumstances.grown;
import static dev.irqledger.core.fold.Circumstances.inMode;
import static dev.irqledger.core.fold.Circumstances.inOtherMode;
import static dev.irqledger.core.fold.Circumstances.isFailedGrowth;
import static dev.irqledger.core.fold.Circumstances.isLaterTrace;
import static dev.irqledger.core.fold.Circumstances.ok;
import static dev.irqledger.core.fold.Circumstances.sameMode;
import static dev.irqledger.core.fold.Circumstances.was;
import static dev.irqledger.core.fold.Circumstances.wasDisabled;
import static dev.irqledger.core.fold.Circumstances.wasEnabled;
import static dev.irqledger.core.fold.Circumstances.wasJustCleared;
import static dev.irqledger.core.fold.Circumstances.whole;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.rule.Life.Step;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.state.Phase;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a kernel could do against the rules, and the rule that must catch it. */
@SuppressWarnings("ImmutableEnumChecker") // the lies hold no state
enum KernelBreach {
  A_KEPT_VECTOR_HAS_ANOTHER_IRQ(
      Rule.CACHE_KEEPS_IRQ,
      (step, set, view) -> {
        Seen kept = sameMode(step) ? Lies.first(view, s -> was(step, s) != Phase.FREE) : null;
        return kept == null ? null : Lies.irq(set, view, kept, Lies.OTHER_IRQ);
      }),
  AN_ARMED_VECTOR_LOST_ITS_IRQ(
      Rule.CACHE_KEEPS_IRQ,
      (step, set, view) -> {
        Seen kept =
            sameMode(step) && ok(set)
                ? Lies.first(view, s -> was(step, s) != Phase.FREE && s.armed())
                : null;
        return kept == null ? null : Lies.with(set, Lies.without(view, kept.vector()));
      }),
  A_VECTOR_WHOSE_TRIGGER_WAS_REMOVED_IS_FREED_ALONE(
      Rule.TEARDOWN_ALL_AT_ONCE,
      (step, set, view) -> {
        Seen freed = ok(set) ? Lies.first(view, s -> wasJustCleared(step, s)) : null;
        return freed == null ? null : Lies.with(set, Lies.without(view, freed.vector()));
      }),
  ALL_IRQS_ARE_LEFT_AFTER_THE_DISABLE(
      Rule.TEARDOWN_ALL_AT_ONCE,
      (step, set, _) -> wasDisabled(step) ? Lies.with(set, whole(step.before())) : null),
  ONE_IRQ_IS_LEFT_AFTER_THE_DISABLE(
      Rule.TEARDOWN_ALL_AT_ONCE,
      (step, set, view) ->
          wasDisabled(step)
              ? Lies.with(set, Lies.with(view, whole(step.before()).allocated().getFirst()))
              : null),
  A_MODE_GROWS_WITHOUT_DYNAMIC_ALLOCATION(
      Rule.NO_GROWTH_WITHOUT_DYNAMIC,
      (step, set, _) ->
          isFailedGrowth(step, set)
              ? Lies.with(Lies.with(set, 0), grown(step.before(), set))
              : null),
  A_MODE_THAT_CANNOT_GROW_SHOWS_ONE_VECTOR_MORE(
      Rule.NO_GROWTH_WITHOUT_DYNAMIC,
      (step, set, _) -> {
        int free = step.after().counts().allocated();
        return ok(set) && inMode(step, set) && !dynamic(step, set)
            ? Lies.with(set, Lies.with(whole(step.after()), new Seen(free, Lies.OTHER_IRQ, false)))
            : null;
      }),
  AN_ENABLE_ALLOCATED_ONE_VECTOR_LESS(
      Rule.ENABLE_ALLOCATES_RANGE,
      (step, set, view) ->
          wasEnabled(step)
              ? Lies.with(set, Lies.without(view, view.allocated().getLast().vector()))
              : null),
  AN_ENABLE_ALLOCATED_ONE_VECTOR_MORE(
      Rule.ENABLE_ALLOCATES_RANGE,
      (step, set, view) ->
          wasEnabled(step)
              ? Lies.with(
                  set, Lies.with(view, new Seen(view.allocated().size(), Lies.OTHER_IRQ, false)))
              : null),
  A_FAILED_BLOCK_LEFT_A_TRIGGER_BEFORE_ONE_THAT_IT_REMOVED(
      Rule.BLOCK_UNWINDS,
      (step, set, view) -> {
        Seen left = ok(set) ? null : Lies.first(view, s -> wasJustCleared(step, s));
        return left == null || Lies.first(view, s -> isLaterTrace(step, s, left)) == null
            ? null
            : Lies.with(set, Lies.with(view, new Seen(left.vector(), left.irq(), true)));
      }),
  A_SECOND_MODE_IS_ENABLED(
      Rule.MODE_EXCLUSIVE,
      (step, set, _) ->
          inOtherMode(step, set) && set.call().dataIs(DATA_EVENTFD) ? Lies.with(set, 0) : null),
  ANOTHER_MODE_IS_DISABLED(
      Rule.MODE_EXCLUSIVE,
      (step, set, _) ->
          inOtherMode(step, set) && set.call().count() == 0 ? Lies.with(set, 0) : null),
  THE_MODE_IS_ANOTHER_ONE(
      Rule.MODE_EXCLUSIVE,
      (step, set, view) ->
          sameMode(step) && view.mode() == InterruptMode.MSIX
              ? Lies.with(set, Lies.with(view, InterruptMode.MSI))
              : null),
  AN_IRQ_IS_ZERO(
      Rule.IRQ_POSITIVE,
      (_, set, view) ->
          view.allocated().isEmpty() ? null : Lies.irq(set, view, view.allocated().getFirst(), 0)),
  TWO_VECTORS_HAVE_ONE_IRQ(
      Rule.IRQ_UNIQUE_ON_HOST,
      (step, set, view) ->
          view.allocated().size() < 2 || was(step, view.allocated().getLast()) != Phase.FREE
              ? null
              : Lies.irq(set, view, view.allocated().getLast(), view.allocated().getFirst().irq())),
  AN_ARMED_VECTOR_SHOWS_NO_TRIGGER(
      Rule.RESULT_MISMATCH,
      (_, set, view) -> {
        Seen armed = ok(set) ? Lies.first(view, Seen::armed) : null;
        return armed == null
            ? null
            : Lies.with(set, Lies.with(view, new Seen(armed.vector(), armed.irq(), false)));
      }),
  A_REMOVED_TRIGGER_IS_STILL_THERE(
      Rule.RESULT_MISMATCH,
      (step, set, view) -> {
        Seen left = ok(set) ? Lies.first(view, s -> wasJustCleared(step, s)) : null;
        return left == null
            ? null
            : Lies.with(set, Lies.with(view, new Seen(left.vector(), left.irq(), true)));
      }),
  A_CLEAR_OF_A_FREE_VECTOR_ALLOCATED_IT(
      Rule.RESULT_MISMATCH,
      (step, set, view) ->
          ok(set)
                  && inMode(step, set)
                  && dynamic(step, set)
                  && view.from() < view.to()
                  && view.allocated().isEmpty()
              ? Lies.with(set, Lies.with(view, new Seen(view.from(), Lies.OTHER_IRQ, false)))
              : null),
  A_DISABLE_RETURNED_A_POSITIVE_NUMBER(
      Rule.RESULT_MISMATCH, (step, set, _) -> wasDisabled(step) ? Lies.with(set, 3) : null),
  A_LOOPBACK_RAN_OUT_OF_SPACE(
      Rule.RESULT_MISMATCH,
      (_, set, _) ->
          ok(set) && !set.call().dataIs(DATA_EVENTFD) && set.call().count() > 0
              ? Lies.with(set, Errno.ENOSPC.result())
              : null),
  A_CLEAR_RAN_OUT_OF_SPACE(
      Rule.RESULT_MISMATCH,
      (step, set, _) ->
          ok(set)
                  && inMode(step, set)
                  && set.call().dataIs(DATA_EVENTFD)
                  && Circumstances.clearsOnly(set)
              ? Lies.with(set, Errno.ENOSPC.result())
              : null),
  AN_ENABLE_WITHOUT_DESCRIPTORS_FOUND_A_BAD_ONE(
      Rule.RESULT_MISMATCH,
      (step, set, _) ->
          wasEnabled(step) && Circumstances.clearsOnly(set)
              ? Lies.with(set, Errno.EBADF.result())
              : null),
  AN_ENABLE_COULD_GIVE_MORE_THAN_WAS_ASKED_FOR(
      Rule.RESULT_MISMATCH, (step, set, _) -> wasEnabled(step) ? Lies.with(set, 2049) : null),
  NONSENSE_SUCCEEDED(
      Rule.RESULT_MISMATCH,
      (_, set, _) -> IrqIndex.of(set.call().index()) == null ? Lies.with(set, 0) : null),
  A_DISABLE_OF_NOTHING_SUCCEEDED(
      Rule.RESULT_MISMATCH,
      (step, set, _) ->
          !ok(set)
                  && step.before().interrupts().mode() == InterruptMode.NONE
                  && set.call().count() == 0
                  && set.call().dataIs(DATA_NONE)
              ? Lies.with(set, 0)
              : null),

  ALL_IRQS_ARE_LEFT_AFTER_THE_RELEASE(
      Rule.TEARDOWN_ALL_AT_ONCE,
      (step, honest) ->
          honest instanceof DeviceReleased && step.before().counts().allocated() > 0
              ? new DeviceReleased(DeviceReleased.Cause.CLOSED, whole(step.before()))
              : null),
  A_RESET_FREED_A_VECTOR(
      Rule.RESET_KEEPS, reset((view, first) -> Lies.without(view, first.vector()))),
  A_RESET_CHANGED_AN_IRQ(
      Rule.RESET_KEEPS,
      reset((view, first) ->
          Lies.with(view, new Seen(first.vector(), Lies.OTHER_IRQ, first.armed())))),
  A_RESET_REMOVED_OR_SET_A_TRIGGER(
      Rule.RESET_KEEPS,
      reset(
          (view, first) -> Lies.with(view, new Seen(first.vector(), first.irq(), !first.armed())))),
  A_RESET_LEFT_THE_MODE(Rule.RESET_KEEPS, reset((_, _) -> KernelView.modeOnly(InterruptMode.NONE)));

  /** How a breach looks in a report; null where it cannot happen there. */
  @FunctionalInterface
  interface Lie {
    @Nullable EventBody of(Step step, EventBody honest);
  }

  /** A lie about a SET_IRQS. */
  @FunctionalInterface
  interface SetLie {
    @Nullable EventBody of(Step step, InterruptsSet set, KernelView view);
  }

  private final Rule caughtBy;
  private final Lie lie;

  KernelBreach(Rule caughtBy, Lie lie) {
    this.caughtBy = caughtBy;
    this.lie = lie;
  }

  KernelBreach(Rule caughtBy, SetLie lie) {
    this(
        caughtBy,
        (step, honest) ->
            honest instanceof InterruptsSet set && set.after() != null
                ? lie.of(step, set, set.after())
                : null);
  }

  Rule caughtBy() {
    return caughtBy;
  }

  /** What would be reported of the step; null where the breach cannot happen in it. */
  @Nullable EventBody report(Step step) {
    return lie.of(step, Witness.LOOKING.tell(step));
  }

  private static Lie reset(BiFunction<KernelView, Seen, KernelView> change) {
    return (step, honest) -> {
      KernelView view = whole(step.before());
      return honest instanceof DeviceReset(var result, var latency, _)
              && !view.allocated().isEmpty()
          ? new DeviceReset(result, latency, change.apply(view, view.allocated().getFirst()))
          : null;
    };
  }
}

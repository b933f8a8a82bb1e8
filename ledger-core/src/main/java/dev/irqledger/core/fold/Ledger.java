package dev.irqledger.core.fold;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.OpenDevice;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.rule.Explained;
import dev.irqledger.core.rule.Explainer;
import dev.irqledger.core.rule.Findings;
import dev.irqledger.core.rule.Judge;
import dev.irqledger.core.rule.VfioPciModel;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.core.state.PastUncertainty;
import dev.irqledger.core.state.Profile.Openness;
import dev.irqledger.core.state.Tally;
import dev.irqledger.core.state.Uncertainty;
import dev.irqledger.core.state.Uncertainty.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one function that turns events into the state of a device. Service, replay, agent and tests
 * all fold with it, so they all agree.
 */
public final class Ledger {
  private Ledger() {}

  /**
   * Adds one event to a device's history. Total and deterministic: whatever an event says, it is
   * applied or marked, never rejected. Reported facts win over what the rules expect; the
   * difference is a violation. The cost grows with what the event reports, not with the device.
   *
   * @param state the device before the event
   * @param event an event of that device
   * @throws IllegalArgumentException if the event is of another device: a caller's mistake
   */
  public static Folded fold(DeviceState state, InterruptEvent event) {
    if (!event.device().equals(state.key())) {
      throw new IllegalArgumentException(
          "an event of " + event.device() + " cannot be folded into " + state.key());
    }
    Findings findings = new Findings(event);
    LogCheck check = LogCheck.of(state.head(), event, findings);
    return switch (check.standing()) {
      case REDELIVERED -> {
        Tally t = state.tally();
        Tally counted = new Tally(t.events(), t.redeliveries() + 1, t.violations());
        yield unapplied(state.with(counted), List.of());
      }
      case MARK_ONLY -> {
        List<Violation> violations = findings.violations();
        Tally t = state.tally();
        Tally counted = new Tally(t.events(), t.redeliveries(), t.violations() + violations.size());
        yield unapplied(state.with(counted), violations);
      }
      case APPLY -> apply(state, event, check.doubt(), findings);
    };
  }

  private static Folded apply(
      DeviceState state, InterruptEvent event, @Nullable Reason doubt, Findings findings) {
    boolean judged = doubt == null && !state.uncertain();
    // a breach is only told where the state before the event is certain
    Findings kernel = judged ? findings : new Findings(event);
    Step step = step(state, event, kernel);
    List<Violation> violations = findings.violations();
    Reason reason = step.heals ? null : doubt != null ? doubt : step.doubt;
    DeviceState after =
        new DeviceState(
            state.key(),
            step.state.profile(),
            step.state.interrupts(),
            head(state.head(), event),
            step.heals ? null : uncertainty(state.uncertainty(), reason, event),
            new Tally(
                state.tally().events() + 1,
                state.tally().redeliveries(),
                state.tally().violations() + violations.size()),
            step.heals ? healed(state, doubt, event) : state.pastUncertainty());
    return new Folded(after, state.interrupts(), step.signals, violations, true);
  }

  private static Folded unapplied(DeviceState state, List<Violation> violations) {
    return new Folded(state, state.interrupts(), List.of(), violations, false);
  }

  /**
   * What an event's body does.
   *
   * @param heals the state after it does not depend on the one before
   */
  private record Step(
      DeviceState state,
      List<Change.EventfdSignalled> signals,
      @Nullable Reason doubt,
      boolean heals) {
    static Step to(DeviceState state) {
      return new Step(state, List.of(), null, false);
    }

    Step healing() {
      return new Step(state, signals, null, true);
    }
  }

  private static Step step(DeviceState state, InterruptEvent event, Findings findings) {
    long now = event.hostTimeMicros();
    return switch (event.body()) {
      case DeviceOpened opened -> Step.to(opened(state, opened)).healing();
      case InterruptsSet set -> set(state, set, now, findings);
      case DeviceReset(_, _, KernelView after) -> {
        Judge.reset(state, after, findings);
        yield Step.to(withFacts(state, after, now));
      }
      case DeviceReleased(_, KernelView after) -> {
        DeviceState released =
            VfioPciModel.released(state.with(state.profile().with(Openness.OPEN))).state();
        Judge.release(state, released, after, findings);
        yield Step.to(withFacts(released, after, now)).healing();
      }
      case StateObserved(KernelView view) -> {
        Judge.snapshot(view, findings);
        yield Step.to(withFacts(state, view, now)).healing();
      }
      case CommandRefused _ -> Step.to(state);
    };
  }

  private static DeviceState opened(DeviceState state, DeviceOpened opened) {
    KernelRelease kernel = opened.kernel();
    OpenDevice call = new OpenDevice(kernel, opened.capabilities());
    return VfioPciModel.opened(state, call, opened.identity());
  }

  private static Step set(DeviceState state, InterruptsSet set, long now, Findings findings) {
    DeviceState before = asCalled(state, set);
    Explained explained = Explainer.explain(before, set, now);
    Judge.set(set, explained, findings);
    DeviceState next =
        switch (explained.verdict()) {
          case CERTAIN, AMBIGUOUS -> explained.outcome().state();
          case UNEXPLAINED -> before;
        };
    next = next.with(next.profile().with(explained.generation()));
    Reason doubt =
        set.after() != null
            ? null
            : switch (explained.verdict()) {
              case CERTAIN -> null;
              case AMBIGUOUS -> Reason.AMBIGUOUS_CALL;
              case UNEXPLAINED -> Reason.UNEXPLAINED_RESULT;
            };
    return new Step(withFacts(next, set.after(), now), explained.outcome().signals(), doubt, false);
  }

  /** The device as a call met it: not every observer sees a device being opened. */
  public static DeviceState asCalled(DeviceState state, InterruptsSet set) {
    return isReopened(state, set) ? reopened(state) : state;
  }

  /** A call that gets through tells that the device is open. */
  private static boolean isReopened(DeviceState state, InterruptsSet set) {
    return state.profile().open() == Openness.CLOSED
        && set.result().orElse(0) != Errno.EBADF.result();
  }

  private static DeviceState reopened(DeviceState state) {
    return state.with(state.profile().with(Openness.UNSEEN));
  }

  private static DeviceState withFacts(
      DeviceState state, @Nullable KernelView view, long nowMicros) {
    return view == null ? state : state.with(Facts.take(state.interrupts(), view, nowMicros));
  }

  private static LogHead head(LogHead before, InterruptEvent event) {
    return new LogHead(
        event.epoch(),
        event.sequence(),
        event.hash(),
        before.recent().plus(event.hash()),
        event.id(),
        event.bootId(),
        event.hostTimeMicros());
  }

  private static @Nullable Uncertainty uncertainty(
      @Nullable Uncertainty before, @Nullable Reason reason, InterruptEvent event) {
    if (before != null || reason == null) {
      return before;
    }
    return new Uncertainty(reason, event.epoch(), event.sequence(), event.hostTimeMicros());
  }

  /** What ended with an event after which the state is certain again. */
  private static @Nullable PastUncertainty healed(
      DeviceState before, @Nullable Reason doubt, InterruptEvent event) {
    Uncertainty ended = uncertainty(before.uncertainty(), doubt, event);
    return ended == null
        ? before.pastUncertainty()
        : new PastUncertainty(ended, event.epoch(), event.sequence(), event.hostTimeMicros());
  }
}

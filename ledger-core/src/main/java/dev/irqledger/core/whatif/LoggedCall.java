package dev.irqledger.core.whatif;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.Explained;
import dev.irqledger.core.rule.Explained.Verdict;
import dev.irqledger.core.rule.Explainer;
import dev.irqledger.core.rule.Outcome;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.VfioPciModel;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call of the log, as the rules account for it there.
 *
 * @param set what was reported
 * @param before the device before it
 * @param explained the account
 */
record LoggedCall(InterruptsSet set, DeviceState before, Explained explained) {
  static LoggedCall of(DeviceState before, InterruptsSet set, long nowMicros) {
    return new LoggedCall(
        set, before, Explainer.explain(Ledger.asCalled(before, set), set, nowMicros));
  }

  /**
   * What a device made of the call.
   *
   * @param result what it returned; empty where the rules do not account for what the log says
   * @param empty the pool that it found empty; null where none was
   */
  record Answer(DeviceState state, OptionalInt result, @Nullable Pool empty) {
    /** The same, and then what the call alone does not explain. */
    Answer then(Surprise surprise) {
      return new Answer(state.with(surprise.befall(state.interrupts())), result, empty);
    }

    /** The pools that were found empty. */
    static List<Pool> emptyOf(List<Answer> answers) {
      List<Pool> empty = new ArrayList<>();
      for (Answer answer : answers) {
        if (answer.empty != null) {
          empty.add(answer.empty);
        }
      }
      return empty;
    }

    /** Whether that is what the log says, too. */
    boolean agrees(OptionalInt logged) {
      return logged.isEmpty() || result.isEmpty() || logged.getAsInt() == result.getAsInt();
    }
  }

  /** Whether the rules account for what was reported; if not, the fold leaves it at facts. */
  private boolean accountedFor() {
    return explained.verdict() != Verdict.UNEXPLAINED;
  }

  /** The device in the log as the call alone leaves it. */
  DeviceState expected() {
    return accountedFor() ? explained.outcome().state() : before;
  }

  /**
   * What the call shows of the pools.
   *
   * @param held what the host's devices held in the log before it
   */
  LoggedEnvironment noted(VectorCounts held, int knownCpuVectors, int knownIrtes) {
    LoggedEnvironment met = new LoggedEnvironment(explained.trial(), held);
    if (accountedFor()) {
      DeviceState called = explained.outcome().before();
      Outcome outcome =
          VfioPciModel.apply(called, explained.trial().call(), ReleasePolicy.KERNEL, met);
      if (Pool.exhaustedAt(set) != null && enables(called)) {
        met.noteFailedEnable(
            explained.trial().call(), outcome.result(), knownCpuVectors, knownIrtes);
      }
    }
    return met;
  }

  private boolean enables(DeviceState called) {
    IrqIndex index = IrqIndex.of(set.call().index());
    return (index == IrqIndex.MSI || index == IrqIndex.MSIX)
        && called.interrupts().mode() == InterruptMode.NONE;
  }

  /**
   * Makes the call on a device that is perhaps another one than in the log.
   *
   * @param held what all devices hold before it
   */
  Answer again(
      DeviceState own,
      ReleasePolicy policy,
      VectorCounts held,
      KnownPool.Room cpuVectors,
      KnownPool.Room irtes) {
    if (!accountedFor()) {
      return new Answer(own, OptionalInt.empty(), Pool.exhaustedAt(set));
    }
    PooledEnvironment environment =
        new PooledEnvironment(explained.trial().environment(), held, cpuVectors, irtes);
    Outcome outcome =
        VfioPciModel.apply(
            own.with(explained.outcome().before().profile()),
            explained.trial().call(),
            policy,
            environment);
    Pool empty = environment.empty();
    boolean asLogged = outcome.result() == set.result().orElse(0);
    return new Answer(
        outcome.state(),
        OptionalInt.of(outcome.result()),
        empty == null && asLogged ? Pool.exhaustedAt(set) : empty);
  }
}

package dev.irqledger.core.whatif;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.HostTotals;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.VectorCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A host on which the calls of the log are made again, in the log's order, under a release policy
 * and with pools of a given size. Whatever a call returns, the next one is made: what a guest would
 * have done otherwise, nobody knows. Not to be used by two threads at once.
 */
public final class HostModel {
  private final ReleasePolicy policy;
  private final Map<DeviceKey, Integer> copies;
  private final KnownPool cpuVectors;
  private final KnownPool irtes;
  private final Map<DeviceKey, Twins> devices = new HashMap<>();
  private HostTotals logged = HostTotals.ZERO;
  private HostTotals modelled = HostTotals.ZERO;

  /** A device as the log has it, as the model has it, and further ones that do what it does. */
  private static final class Twins {
    private DeviceState logged;
    private final List<DeviceState> modelled = new ArrayList<>();

    Twins(DeviceState begin, int count) {
      this.logged = begin;
      for (int i = 0; i < count; i++) {
        modelled.add(begin);
      }
    }
  }

  /**
   * A host without devices yet.
   *
   * @param sizes how large its pools are; where that is not known, as the log shows
   * @param copies how many further devices make all calls of a device, each right after it
   */
  public HostModel(ReleasePolicy policy, PoolSizes sizes, Map<DeviceKey, Integer> copies) {
    this.policy = policy;
    this.copies = Map.copyOf(copies);
    this.cpuVectors = new KnownPool(sizes.cpuVectors());
    this.irtes = new KnownPool(sizes.irtes());
  }

  /** What the host's devices hold in the log. */
  public HostTotals logged() {
    return logged;
  }

  /** What the host's devices hold here. */
  public HostTotals modelled() {
    return modelled;
  }

  /** A device as it would be; unseen where it has no event. */
  public DeviceState modelled(DeviceKey device) {
    Twins twins = devices.get(device);
    return twins == null ? DeviceState.unseen(device) : twins.modelled.getFirst();
  }

  /** How large its pools are: as was said, else as far as the log has shown. */
  public PoolSizes sizes() {
    return new PoolSizes(cpuVectors.size(), irtes.size());
  }

  /** A device with which the history begins, where what came before is gone. */
  public void begin(DeviceState state) {
    Twins twins = twins(state.key());
    var _ = begin(twins, state);
  }

  /**
   * Makes an event's call again.
   *
   * @param event an event of this host, each in the log's order
   * @param folded what the log's fold made of it
   */
  public Step take(InterruptEvent event, Folded folded) {
    if (!folded.applied()) {
      return Step.NONE;
    }
    Twins twins = twins(event.device());
    DeviceState after = folded.state();
    return switch (event.body()) {
      case InterruptsSet set -> set(twins, set, event.hostTimeMicros(), after);
      case DeviceOpened _, DeviceReleased _ -> begin(twins, after);
      case DeviceReset _, StateObserved _, CommandRefused _ -> befall(twins, after);
    };
  }

  private Twins twins(DeviceKey key) {
    return devices.computeIfAbsent(
        key, k -> new Twins(DeviceState.unseen(k), 1 + copies.getOrDefault(k, 0)));
  }

  /** The event says by itself what the device is like after it. */
  private Step begin(Twins twins, DeviceState after) {
    return settle(twins, after, twins.modelled.stream().map(_ -> after).toList());
  }

  private Step befall(Twins twins, DeviceState after) {
    Surprise surprise = new Surprise(twins.logged.interrupts(), after.interrupts());
    return settle(
        twins,
        after,
        twins.modelled.stream().map(own -> own.with(surprise.befall(own.interrupts()))).toList());
  }

  private Step set(Twins twins, InterruptsSet set, long nowMicros, DeviceState after) {
    LoggedCall call = LoggedCall.of(twins.logged, set, nowMicros);
    LoggedEnvironment met = call.noted(logged.vectors(), cpuVectors.logged(), irtes.logged());
    KnownPool.Room cpu = cpuVectors.after(met.cpuVectors());
    KnownPool.Room irte = irtes.after(met.irtes());
    Surprise surprise = new Surprise(call.expected().interrupts(), after.interrupts());
    VectorCounts held = modelled.vectors();
    List<LoggedCall.Answer> answers = new ArrayList<>();
    for (DeviceState own : twins.modelled) {
      LoggedCall.Answer answer = call.again(own, policy, held, cpu, irte).then(surprise);
      held = held.minus(own.counts()).plus(answer.state().counts());
      answers.add(answer);
    }
    LoggedCall.Answer first = answers.getFirst();
    int again = allocatedAgain(twins.logged, twins.modelled.getFirst(), first.state());
    Step step = settle(twins, after, answers.stream().map(LoggedCall.Answer::state).toList());
    return new Step(
        Pool.exhaustedAt(set),
        first.empty(),
        LoggedCall.Answer.emptyOf(answers.subList(1, answers.size())),
        step.same() && first.agrees(set.result()),
        again);
  }

  private static int allocatedAgain(DeviceState logged, DeviceState before, DeviceState after) {
    int[] count = {0};
    before
        .interrupts()
        .vectors()
        .forEachDifference(
            after.interrupts().vectors(),
            (vector, was, is) -> {
              boolean anew = was == null && is != null;
              count[0] += anew && logged.interrupts().vectors().get(vector) != null ? 1 : 0;
            });
    return count[0];
  }

  /** Takes over what all of a device's twins are after an event. */
  private Step settle(Twins twins, DeviceState after, List<DeviceState> next) {
    logged = logged.plus(twins.logged, after);
    twins.logged = after;
    for (int i = 0; i < next.size(); i++) {
      DeviceState own = next.get(i).with(after.profile());
      modelled = modelled.plus(twins.modelled.get(i), own);
      // what is equal shares its pages from here on, so that the next comparison is quick
      boolean equal = own.interrupts().equals(after.interrupts());
      twins.modelled.set(i, equal ? own.with(after.interrupts()) : own);
    }
    Interrupts first = twins.modelled.getFirst().interrupts();
    return new Step(null, null, List.of(), Holdings.same(first, after.interrupts()), 0);
  }
}

package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.policy.BudgetHolder;
import dev.irqledger.core.policy.Budgets;
import dev.irqledger.core.policy.Excess;
import dev.irqledger.core.policy.FoundAt;
import dev.irqledger.core.policy.IdleReservation;
import dev.irqledger.core.policy.OverBudget;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.policy.PoolLevel;
import dev.irqledger.core.policy.PoolShortage;
import dev.irqledger.core.policy.PoolShortage.Threshold;
import dev.irqledger.core.policy.Scope;
import dev.irqledger.core.policy.Share;
import dev.irqledger.core.policy.Standing;
import dev.irqledger.core.policy.Unarmed;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.service.pressure.Capacity;
import dev.irqledger.service.pressure.Holding;
import dev.irqledger.service.pressure.HostSums;
import dev.irqledger.service.pressure.Looks;
import dev.irqledger.service.pressure.PoolLevels;
import dev.irqledger.service.pressure.StandingText;
import dev.irqledger.service.pressure.VmSums;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Holds what a host's devices hold against its policy and its pools, and finds each breach once: it
 * is found again only after it ended, or where the limit became another. What an event costs does
 * not depend on how many devices the host has. Confined to one task.
 */
final class PolicyWatch {
  /** So many devices are looked at vector by vector at a time: the stream goes on meanwhile. */
  private static final int MOST_LOOKS = 32;

  /** A device is not looked at again before. */
  private static final long LEAST_PAUSE_MS = 1000;

  private static final String IDLE = "IDLE";
  private static final String POOL = "pool";

  private final Supplier<Policies> policies;
  private final Holdings holdings;
  private final StateReader devices;
  private final Capacities capacities;
  private final Standings standings;
  private final FindingSink sink;
  private final Threshold threshold = Threshold.DEFAULT;
  private final VmSums vms = new VmSums();
  private final Looks looks = new Looks();

  /** The policy by which each host was last checked as a whole. */
  private final Map<String, Policy> checkedBy = new HashMap<>();

  /** The biggest holders of hosts where nothing moved since they were picked. */
  private final Map<String, List<Share>> biggest = new HashMap<>();

  /** What a host is checked by. */
  private record Check(
      String host, Policy policy, Capacity capacity, LogPosition position, FoundAt at) {}

  PolicyWatch(
      Supplier<Policies> policies,
      Holdings holdings,
      StateReader devices,
      Capacities capacities,
      Standings standings,
      FindingSink sink) {
    this.policies = policies;
    this.holdings = holdings;
    this.devices = devices;
    this.capacities = capacities;
    this.standings = standings;
    this.sink = sink;
    holdings.forEach((device, holding) -> vms.moved(host(device), Holding.NONE, holding));
  }

  /** One of the host's devices was folded on; {@code sums} has it already. */
  void moved(HostInput.DeviceMoved moved, Holdings.Step step, HostSums sums) {
    String host = moved.host();
    Policy policy = policies.get().of(host);
    if (step.changed()) {
      biggest.remove(host);
      vms.moved(host, step.before(), step.after());
      Check check =
          new Check(
              host,
              policy,
              capacities.of(host),
              moved.position(),
              FoundAt.event(moved.after().head()));
      hold(check, BudgetHolder.device(moved.after().key().bdf()), step.after().counts());
      String before = step.before().vm();
      String after = step.after().vm();
      if (before != null && !before.equals(after)) {
        hold(check, BudgetHolder.vm(before), vms.of(host, before));
      }
      if (after != null) {
        hold(check, BudgetHolder.vm(after), vms.of(host, after));
      }
      hold(check, BudgetHolder.host(host), sums.held());
      pools(check, sums);
    }
    planLook(policy, moved.after(), moved.position().logTimeMs());
    exhausted(moved, sums);
  }

  /** The host's pools are of another size. */
  void capacityChanged(String host, HostSums sums) {
    Capacity capacity = capacities.of(host);
    pools(
        new Check(
            host,
            policies.get().of(host),
            capacity,
            sums.position(),
            FoundAt.noEvent(capacity + "/" + sums.position())),
        sums);
  }

  /** Checks the host as a whole where its policy is another one than before. */
  void policyMayHaveChanged(String host, HostSums sums, long nowMs) {
    Policy policy = policies.get().of(host);
    Policy before = checkedBy.put(host, policy);
    if (policy.equals(before)) {
      return;
    }
    boolean otherLimit =
        before != null && !Objects.equals(before.idleLimitSeconds(), policy.idleLimitSeconds());
    Check check =
        new Check(
            host,
            policy,
            capacities.of(host),
            sums.position(),
            FoundAt.noEvent(policy.revision() + "/" + sums.position()));
    holdings.forEachOf(
        host,
        (device, holding) -> {
          hold(check, BudgetHolder.device(DeviceKey.parse(device).bdf()), holding.counts());
          looks.cancel(device);
          if (otherLimit) {
            forgetIdle(DeviceKey.parse(device));
          }
          if (policy.idleLimitSeconds() != null && unarmed(holding.counts()) > 0) {
            looks.plan(device, nowMs);
          }
        });
    vms.of(host).forEach((vm, counts) -> hold(check, BudgetHolder.vm(vm), counts));
    hold(check, BudgetHolder.host(host), sums.held());
    pools(check, sums);
  }

  /** Looks at the devices of which some vectors may be idle for too long by now. */
  void lookAtDue(long nowMs) {
    for (String device : looks.takeDue(nowMs, MOST_LOOKS)) {
      Long limit = policies.get().of(host(device)).idleLimitSeconds();
      if (limit != null) {
        devices
            .read(DeviceKey.parse(device))
            .filter(kept -> unarmed(kept.state().counts()) > 0)
            .ifPresent(kept -> look(kept, device, limit, nowMs));
      }
    }
  }

  private void look(FoldedState kept, String device, long limitSeconds, long nowMs) {
    DeviceState state = kept.state();
    long hostTime = state.head().hostTimeMicros();
    if (hostTime == 0) {
      return; // nobody knows since when anything is so
    }
    // The host's clock and the broker's are not compared: what passed since the event is counted
    // by the one, and what lay before it by the other.
    long hostNow = hostTime + Math.max(0, nowMs - kept.position().logTimeMs()) * 1000;
    String key = key(state.key().host(), Scope.DEVICE.word(), state.key().bdf().text());
    Standing standing = standings.of(key);
    long foundUpTo = standing.open().getOrDefault(IDLE, 0L);
    IdleReservation idle = IdleReservation.look(state, limitSeconds, foundUpTo, hostNow);
    if (idle.overdue().count() > 0) {
      Policy policy = policies.get().of(state.key().host());
      sink.put(idle.found(state, policy, limitSeconds, hostNow), kept.position(), nowMs);
    }
    long mark = idle.foundUpToMicros();
    standings.put(key, standing.with(IDLE, mark == 0 ? null : mark));
    if (idle.nextMicros() != Unarmed.NEVER) {
      long inMs = (idle.nextMicros() - hostNow) / 1000 + 1;
      looks.plan(device, nowMs + Math.max(LEAST_PAUSE_MS, inMs));
    }
  }

  private void planLook(Policy policy, DeviceState state, long logTimeMs) {
    Long limit = policy.idleLimitSeconds();
    if (limit == null && standings.none()) {
      return; // a look that was planned by another policy finds no limit
    }
    String device = state.key().toString();
    if (unarmed(state.counts()) == 0) {
      looks.cancel(device);
      forgetIdle(state.key());
    } else if (limit != null) {
      looks.plan(device, logTimeMs + Math.min(limit, Integer.MAX_VALUE) * 1000 + 1);
    }
  }

  /** Whatever is idle from now on, or by another limit, is found anew. */
  private void forgetIdle(DeviceKey device) {
    String key = key(device.host(), Scope.DEVICE.word(), device.bdf().text());
    standings.put(key, standings.of(key).with(IDLE, null));
  }

  private void hold(Check check, BudgetHolder holder, VectorCounts held) {
    List<Excess> excesses = Budgets.excesses(check.policy(), holder, held);
    if (excesses.isEmpty() && standings.none()) {
      return;
    }
    String key = key(check.host(), holder.scope().word(), holder.name());
    Standing before = standings.of(key);
    if (excesses.isEmpty() && before.clean()) {
      return;
    }
    SortedMap<String, Long> now = new TreeMap<>();
    Long idle = before.open().get(IDLE);
    if (idle != null) {
      now.put(IDLE, idle);
    }
    excesses.forEach(excess -> now.put(excess.measure().name(), (long) excess.limit()));
    SortedMap<String, Long> begun = before.begun(now);
    for (Excess excess : excesses) {
      if (begun.containsKey(excess.measure().name())) {
        put(
            OverBudget.found(
                check.host(), check.policy(), excess, shares(check.host(), holder), check.at()),
            check);
      }
    }
    standings.put(key, new Standing(now));
  }

  private void pools(Check check, HostSums sums) {
    for (PoolLevel level : PoolLevels.of(sums, check.capacity())) {
      String unit = level.unit() == null ? "" : level.unit();
      String key = key(check.host(), POOL, level.pool().name() + '/' + unit);
      Standing before = standings.of(key);
      boolean near = threshold.near(level, !before.clean());
      if (near && before.clean()) {
        put(
            PoolShortage.near(check.host(), level, threshold, biggestOf(check.host()), check.at()),
            check);
      }
      Long limit = near ? (long) threshold.beginsAtPercent() : null;
      standings.put(key, before.with(level.pool().name(), limit));
    }
  }

  private void exhausted(HostInput.DeviceMoved moved, HostSums sums) {
    DeviceState after = moved.after();
    boolean applied = !after.head().equals(moved.before().head());
    Pool pool = applied ? Pool.exhaustedAt(moved.event().body()) : null;
    if (pool == null || !(moved.event().body() instanceof InterruptsSet set)) {
      return;
    }
    Capacity capacity = capacities.of(moved.host());
    PoolLevel level =
        switch (pool) {
          case CPU_VECTORS -> PoolLevels.cpuVectors(sums, capacity);
          case REMAPPING_ENTRIES ->
              PoolLevels.remapping(sums, capacity, after.profile().identity().iommuUnit());
        };
    sink.put(
        PoolShortage.exhausted(after, level, set.result().orElse(0), biggestOf(moved.host())),
        moved.position(),
        moved.position().logTimeMs());
  }

  private void put(dev.irqledger.core.policy.PolicyFinding finding, Check check) {
    sink.put(finding, check.position(), check.position().logTimeMs());
  }

  private List<Share> shares(String host, BudgetHolder holder) {
    return switch (holder.scope()) {
      case HOST -> biggestOf(host);
      case VM -> holdings.biggest(host, (_, holding) -> holder.name().equals(holding.vm()));
      case DEVICE -> holdings.biggest(host, (device, _) -> holder.name().equals(device));
    };
  }

  private List<Share> biggestOf(String host) {
    return biggest.computeIfAbsent(host, _ -> holdings.biggest(host, (_, _) -> true));
  }

  private static int unarmed(VectorCounts counts) {
    return counts.cached() + counts.reserved();
  }

  private static String key(String host, String kind, String name) {
    return StandingText.key(host, kind, name);
  }

  private static String host(String device) {
    return device.substring(0, device.indexOf('/'));
  }
}

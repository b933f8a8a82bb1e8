package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.policy.BudgetHolder;
import dev.irqledger.core.policy.Budgets;
import dev.irqledger.core.policy.Excess;
import dev.irqledger.core.policy.FoundAt;
import dev.irqledger.core.policy.OverBudget;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.core.policy.PolicyFinding;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.policy.PoolLevel;
import dev.irqledger.core.policy.PoolShortage;
import dev.irqledger.core.policy.PoolShortage.Threshold;
import dev.irqledger.core.policy.Share;
import dev.irqledger.core.policy.Standing;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.service.pressure.Capacity;
import dev.irqledger.service.pressure.Holding;
import dev.irqledger.service.pressure.HostSums;
import dev.irqledger.service.pressure.PoolLevels;
import dev.irqledger.service.pressure.StandingText;
import dev.irqledger.service.pressure.VmSums;
import dev.irqledger.wire.LogPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Holds what a host's devices hold against its policy and its pools, and finds each breach once: it
 * is found again only after it ended, or where the limit became another. What an event costs does
 * not depend on how many devices the host has. Confined to one task.
 */
final class PolicyWatch {
  private static final String POOL = "pool";

  private final Supplier<Policies> policies;
  private final Holdings holdings;
  private final Capacities capacities;
  private final Standings standings;
  private final FindingSink sink;
  private final Enforcer enforcer;
  private final IdleWatch idle;
  private final Threshold threshold = Threshold.DEFAULT;
  private final VmSums vms = new VmSums();

  /** The policy by which each host was last checked as a whole. */
  private final Map<String, Policy> checkedBy = new HashMap<>();

  /** The biggest holders of hosts where nothing moved since they were picked. */
  private final Map<String, List<Share>> biggest = new HashMap<>();

  /**
   * What a host is checked by.
   *
   * @param position of the event that brought it up, or of the last one before
   * @param nowMs when, by the broker's clock in milliseconds since 1970
   */
  private record Check(
      String host,
      Policy policy,
      Capacity capacity,
      LogPosition position,
      FoundAt at,
      long nowMs) {}

  PolicyWatch(
      Supplier<Policies> policies,
      Holdings holdings,
      Capacities capacities,
      Standings standings,
      FindingSink sink,
      Enforcer enforcer,
      IdleWatch idle) {
    this.policies = policies;
    this.holdings = holdings;
    this.capacities = capacities;
    this.standings = standings;
    this.sink = sink;
    this.enforcer = enforcer;
    this.idle = idle;
    holdings.forEach((device, holding) -> vms.moved(host(device), Holding.NONE, holding));
  }

  /** One of the host's devices was folded on; {@code sums} has it already. */
  void moved(HostInput.DeviceMoved moved, Holdings.Step step, HostSums sums) {
    String host = moved.host();
    Policy policy = policies.get().of(host);
    if (step.changed()) {
      biggest.remove(host);
      vms.moved(host, step.before(), step.after());
      Capacity capacity = capacities.of(host);
      if (policy.hasBudgets() || !standings.none() || anyNear(PoolLevels.of(sums, capacity))) {
        check(moved, step, sums, policy, capacity);
      }
    }
    idle.folded(moved.after(), policy, moved.position().logTimeMs());
    exhausted(moved, sums);
  }

  private boolean anyNear(List<PoolLevel> levels) {
    for (PoolLevel level : levels) {
      if (threshold.near(level, false)) {
        return true;
      }
    }
    return false;
  }

  private void check(
      HostInput.DeviceMoved moved,
      Holdings.Step step,
      HostSums sums,
      Policy policy,
      Capacity capacity) {
    String host = moved.host();
    Check check =
        new Check(
            host,
            policy,
            capacity,
            moved.position(),
            FoundAt.event(moved.after().head()),
            moved.position().logTimeMs());
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

  /** The host's pools are of another size. */
  void capacityChanged(String host, HostSums sums) {
    Capacity capacity = capacities.of(host);
    pools(
        new Check(
            host,
            policies.get().of(host),
            capacity,
            sums.position(),
            FoundAt.noEvent(capacity + "/" + sums.position()),
            sums.position().logTimeMs()),
        sums);
  }

  /** Checks the host as a whole where its policy is another one than before. */
  void policyMayHaveChanged(String host, HostSums sums, long nowMs) {
    Policy policy = policies.get().of(host);
    Policy before = checkedBy.put(host, policy);
    if (policy.equals(before)) {
      return;
    }
    Check check =
        new Check(
            host,
            policy,
            capacities.of(host),
            sums.position(),
            FoundAt.noEvent(policy.revision() + "/" + sums.position()),
            nowMs);
    holdings.forEachOf(
        host,
        (device, holding) -> {
          hold(check, BudgetHolder.device(DeviceKey.parse(device).bdf()), holding.counts());
          idle.policyChanged(device, holding.counts(), policy, before, nowMs);
        });
    vms.of(host).forEach((vm, counts) -> hold(check, BudgetHolder.vm(vm), counts));
    hold(check, BudgetHolder.host(host), sums.held());
    pools(check, sums);
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
    excesses.forEach(excess -> now.put(excess.measure().name(), (long) excess.limit()));
    SortedMap<String, Long> begun = before.begun(now);
    for (Excess excess : excesses) {
      if (begun.containsKey(excess.measure().name())) {
        enforcer.overBudget(
            OverBudget.found(
                check.host(), check.policy(), excess, shares(check.host(), holder), check.at()),
            check.policy(),
            excess,
            check.position(),
            check.nowMs());
      }
    }
    standings.put(key, new Standing(now));
  }

  private void pools(Check check, HostSums sums) {
    for (PoolLevel level : PoolLevels.of(sums, check.capacity())) {
      if (standings.none() && !threshold.near(level, false)) {
        continue;
      }
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

  private void put(PolicyFinding finding, Check check) {
    sink.put(finding, check.position(), check.nowMs());
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

  private static String key(String host, String kind, String name) {
    return StandingText.key(host, kind, name);
  }

  private static String host(String device) {
    return device.substring(0, device.indexOf('/'));
  }
}

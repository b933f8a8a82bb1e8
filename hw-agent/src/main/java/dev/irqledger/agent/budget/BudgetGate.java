package dev.irqledger.agent.budget;

import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.policy.BudgetHolder;
import dev.irqledger.core.policy.Budgets;
import dev.irqledger.core.policy.Excess;
import dev.irqledger.core.policy.Foresight;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.recordings.Op;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets an operation through, or says which budget forbids it. Operations on several devices at once
 * cannot pass together what none of them could exceed alone. Safe for use by many threads.
 */
public final class BudgetGate {
  private final Supplier<Policy> policy;
  private final HostLedger ledger;

  /** What operations that are under way may take; each device has one at a time. */
  private final Map<Bdf, VectorCounts> underWay = new HashMap<>();

  /**
   * @param policy what holds for the host now
   * @param ledger knows what is held
   */
  public BudgetGate(Supplier<Policy> policy, HostLedger ledger) {
    this.policy = policy;
    this.ledger = ledger;
  }

  /**
   * Asks for an operation on a device that is open. One that takes nothing is always let through.
   *
   * @return null where it may be made, and then {@link #leave} must follow; else why it may not
   */
  public synchronized @Nullable String enter(Bdf device, Op op) {
    if (!(op instanceof Op.Set(SetIrqs call))) {
      return null;
    }
    VectorCounts more = Foresight.growth(ledger.state(device), call);
    if (more.armed() <= 0 && more.allocated() <= 0) {
      return null;
    }
    Policy now = policy.get();
    List<Excess> forbidding = Budgets.forbidding(now, held(device), more);
    if (forbidding.isEmpty()) {
      underWay.put(device, more);
      return null;
    }
    return "over budget: "
        + forbidding.stream().map(excess -> excess.refusal(now)).collect(Collectors.joining("; "));
  }

  /** The operation on that device is over; the ledger has what it came to. */
  public synchronized void leave(Bdf device) {
    underWay.remove(device);
  }

  /** What everybody concerned holds, or is about to. */
  private Map<BudgetHolder, VectorCounts> held(Bdf device) {
    Map<Bdf, HostLedger.Holding> holdings = ledger.holdings();
    HostLedger.Holding own = holdings.get(device);
    String vm = own == null ? null : own.holder().vm();
    VectorCounts ofVm = VectorCounts.ZERO;
    VectorCounts ofHost = VectorCounts.ZERO;
    for (Map.Entry<Bdf, HostLedger.Holding> one : holdings.entrySet()) {
      VectorCounts counts =
          one.getValue()
              .state()
              .counts()
              .plus(underWay.getOrDefault(one.getKey(), VectorCounts.ZERO));
      ofHost = ofHost.plus(counts);
      if (vm != null && vm.equals(one.getValue().holder().vm())) {
        ofVm = ofVm.plus(counts);
      }
    }
    Map<BudgetHolder, VectorCounts> held = new LinkedHashMap<>();
    held.put(BudgetHolder.device(device), ledger.state(device).counts());
    if (vm != null) {
      held.put(BudgetHolder.vm(vm), ofVm);
    }
    held.put(BudgetHolder.host(ledger.self().host()), ofHost);
    return held;
  }
}

package dev.irqledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.policy.Budget;
import dev.irqledger.core.policy.BudgetHolder;
import dev.irqledger.core.policy.Budgets;
import dev.irqledger.core.policy.Excess;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.core.policy.Scope;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.service.RandomLog.Entry;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.avro.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is over budget by differences is what is over budget when everything is counted anew. */
final class BudgetParityProperties {
  private static final Policies POLICIES =
      Policies.NONE.with(
          Policies.EVERY_HOST,
          new Policy(
              "*",
              "0@0",
              List.of(
                  new Budget(Scope.DEVICE, "*", 2, 5),
                  new Budget(Scope.VM, "*", 4, null),
                  new Budget(Scope.VM, "vm-1", null, 3),
                  new Budget(Scope.HOST, "*", 6, 9)),
              null));

  /** Counts everything anew after each event. */
  private static final class Naive {
    private final EventCodec codec = EventCodec.releasedOnly();
    private final Map<DeviceKey, DeviceState> states = new TreeMap<>();
    private final Map<DeviceKey, String> vms = new HashMap<>();
    private Set<String> open = new TreeSet<>();
    final List<String> found = new ArrayList<>();

    void add(Entry entry, int offset) {
      if (!(codec.decode(entry.value()) instanceof Value<InterruptEvent>(InterruptEvent event))
          || entry.key() == null
          || !new String(entry.key(), StandardCharsets.UTF_8).equals(event.device().toString())) {
        return;
      }
      DeviceState before = states.getOrDefault(event.device(), DeviceState.unseen(event.device()));
      Folded folded = Ledger.fold(before, event);
      states.put(event.device(), folded.state());
      if (folded.applied() && event.actor().vm() != null) {
        vms.put(event.device(), event.actor().vm());
      }
      Set<String> now = new TreeSet<>();
      Set<String> begun = new TreeSet<>();
      sums()
          .forEach((holder, counts) -> {
            String host = holder.name().substring(0, holder.name().indexOf('/'));
            BudgetHolder own =
                new BudgetHolder(holder.scope(), holder.name().substring(host.length() + 1));
            for (Excess excess : Budgets.excesses(POLICIES.of(host), own, counts)) {
              String breach = host + " " + own + " " + excess.measure();
              now.add(breach);
              if (!open.contains(breach)) {
                begun.add(offset + " " + breach + " " + excess.held());
              }
            }
          });
      open = now;
      found.addAll(begun);
    }

    private Map<BudgetHolder, VectorCounts> sums() {
      Map<BudgetHolder, VectorCounts> sums = new HashMap<>();
      states.forEach((device, state) -> {
        String host = device.host() + '/';
        add(sums, Scope.DEVICE, host + device.bdf(), state.counts());
        add(sums, Scope.HOST, host + device.host(), state.counts());
        String vm = vms.get(device);
        if (vm != null) {
          add(sums, Scope.VM, host + vm, state.counts());
        }
      });
      return sums;
    }

    private static void add(
        Map<BudgetHolder, VectorCounts> sums, Scope scope, String name, VectorCounts counts) {
      sums.merge(new BudgetHolder(scope, name), counts, VectorCounts::plus);
    }
  }

  @Property(tries = 40)
  void each_breach_is_found_at_the_event_that_began_it_and_only_there(@ForAll long seed) {
    List<Entry> log = RandomLog.of(seed);
    Naive naive = new Naive();
    List<Violation> found;
    try (LedgerDriver ledger = new LedgerDriver()) {
      found = run(log, ledger);
    }
    for (int offset = 0; offset < log.size(); offset++) {
      naive.add(log.get(offset), offset);
    }
    assertEquals(new TreeSet<>(naive.found), new TreeSet<>(texts(found)));
    assertEquals(naive.found.size(), found.size());
    Set<UUID> ids = new HashSet<>();
    found.forEach(finding -> assertTrue(ids.add(finding.getId()), finding::toString));
  }

  @Property(tries = 10)
  void the_same_log_gives_the_same_findings(@ForAll long seed) {
    List<Entry> log = RandomLog.of(seed);
    try (LedgerDriver first = new LedgerDriver();
        LedgerDriver second = new LedgerDriver()) {
      assertEquals(run(log, first), run(log, second));
    }
  }

  @Example
  void the_random_logs_break_each_budget() {
    Naive naive = new Naive();
    Set<String> kinds = new TreeSet<>();
    for (long seed = 0; seed < 20; seed++) {
      List<Entry> log = RandomLog.of(seed);
      Naive one = new Naive();
      for (int offset = 0; offset < log.size(); offset++) {
        one.add(log.get(offset), offset);
      }
      naive.found.addAll(one.found);
    }
    naive.found.forEach(text -> {
      List<String> words = List.of(text.split(" ", -1));
      kinds.add(words.get(2) + " " + words.get(4));
    });
    assertEquals(
        Set.of(
            "device ARMED",
            "device ALLOCATED",
            "vm ARMED",
            "vm ALLOCATED",
            "host ARMED",
            "host ALLOCATED"),
        kinds);
  }

  private static List<Violation> run(List<Entry> log, LedgerDriver ledger) {
    ledger.policies(POLICIES);
    log.forEach(entry -> ledger.append(entry.key(), entry.value()));
    return ledger.violations().stream()
        .filter(finding -> finding.getRule().equals("OVER_BUDGET"))
        .toList();
  }

  private static List<String> texts(List<Violation> found) {
    return found.stream()
        .map(finding -> {
          Map<String, String> evidence = finding.getEvidence();
          return finding.getOffset()
              + " "
              + finding.getHost()
              + " "
              + evidence.get("scope")
              + " "
              + evidence.get("name")
              + " "
              + evidence.get("measure").toUpperCase(java.util.Locale.ROOT)
              + " "
              + evidence.get("held");
        })
        .toList();
  }
}

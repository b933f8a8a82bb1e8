package dev.irqledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.fold.HostTotals;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.service.RandomLog.Entry;
import dev.irqledger.wire.Findings;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.Pool;
import dev.irqledger.wire.avro.PoolKind;
import dev.irqledger.wire.avro.ViolationKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class ParityProperties {
  @Property(tries = 60)
  void the_topology_and_the_plain_fold_give_the_same_of_any_log(@ForAll long seed) {
    List<Entry> log = RandomLog.of(seed);
    PlainFold plain = new PlainFold(); // jqwik keeps the instance from one try to the next
    Random random = new Random(seed);
    try (LedgerDriver ledger = new LedgerDriver()) {
      for (int offset = 0; offset < log.size(); offset++) {
        Entry entry = log.get(offset);
        ledger.append(entry.key(), entry.value());
        plain.add(entry.key(), entry.value(), new LogPosition(0, offset, ledger.nowMs()));
        if (random.nextInt(10) == 0) {
          assertEquals(plain.changed(), ledger.states());
        }
      }
      assertEquals(plain.changed(), ledger.states());
      assertEquals(plain.states, ledger.stored());
      assertEquals(plain.found, rulesBroken(ledger).stream().map(ParityProperties::found).toList());
      assertEquals(plain.unusable, ledger.quarantined().size());
      ledger.letIntervalPass();
      assertTotals(plain, ledger.pressures());
    }
  }

  @Example
  void the_random_logs_hold_all_that_can_go_wrong() {
    PlainFold all = new PlainFold();
    List<FoldedState> states = new ArrayList<>();
    for (long seed = 0; seed < 50; seed++) {
      PlainFold plain = new PlainFold();
      RandomLog.of(seed).forEach(e -> plain.add(e.key(), e.value(), LogPosition.START));
      all.found.addAll(plain.found);
      states.addAll(plain.states.values());
      all.unusable += plain.unusable;
    }
    Set<Rule.Kind> kinds = EnumSet.noneOf(Rule.Kind.class);
    all.found.forEach(found -> kinds.add(found.violation().rule().kind()));
    assertEquals(EnumSet.allOf(Rule.Kind.class), kinds);
    assertTrue(all.unusable > 50);
    assertTrue(states.stream().anyMatch(f -> f.state().tally().redeliveries() > 0));
    assertTrue(states.stream().anyMatch(f -> f.state().counts().cached() > 0));
    assertTrue(states.stream().anyMatch(f -> f.state().uncertain()));
  }

  @Property(tries = 10)
  void when_pressure_is_published_makes_no_difference_to_the_last_one(@ForAll long seed) {
    List<Entry> log = RandomLog.of(seed);
    try (LedgerDriver often = new LedgerDriver();
        LedgerDriver once = new LedgerDriver()) {
      for (Entry entry : log) {
        often.append(entry.key(), entry.value());
        often.letIntervalPass();
        once.append(entry.key(), entry.value());
      }
      once.letIntervalPass();
      assertEquals(latest(once.pressures()), latest(often.pressures()));
    }
  }

  /**
   * What the fold of one device tells: without what policies object to, which depends on more than
   * the log, and without irqs that two devices share.
   */
  private static List<dev.irqledger.wire.avro.Violation> rulesBroken(LedgerDriver ledger) {
    return ledger.violations().stream()
        .filter(finding -> finding.getKind() != ViolationKind.POLICY)
        .filter(finding -> !finding.getReported().contains(", as vector "))
        .toList();
  }

  private static Map<String, HostPressure> latest(List<HostPressure> pressures) {
    Map<String, HostPressure> latest = new TreeMap<>();
    pressures.forEach(pressure -> latest.put(pressure.getHost(), pressure));
    return latest;
  }

  private static PlainFold.Found found(dev.irqledger.wire.avro.Violation finding) {
    return new PlainFold.Found(
        LedgerDriver.value(Findings.violation(finding)), Findings.position(finding));
  }

  private static void assertTotals(PlainFold plain, List<HostPressure> pressures) {
    assertEquals(plain.hosts.keySet(), latest(pressures).keySet());
    for (HostPressure pressure : pressures) {
      HostTotals host = plain.hosts.get(pressure.getHost());
      VectorCounts sum = VectorCounts.ZERO;
      for (Pool pool : pressure.getPools()) {
        VectorCounts held = new VectorCounts(pool.getArmed(), pool.getCached(), pool.getReserved());
        if (pool.getKind() == PoolKind.CPU_VECTORS) {
          assertEquals(new VectorCounts(host.vectors().armed(), 0, 0), held);
          assertEquals(host.peakArmed(), pool.getHighWater());
        } else {
          HostTotals unit = plain.units.get(pressure.getHost()).get(String.valueOf(pool.getUnit()));
          assertEquals(unit.vectors(), held);
          assertEquals(unit.peakAllocated(), pool.getHighWater());
          sum = sum.plus(held);
        }
      }
      assertEquals(host.vectors(), sum);
      assertEquals(sumOfDevices(plain, pressure.getHost()), sum);
    }
  }

  private static VectorCounts sumOfDevices(PlainFold plain, String host) {
    return plain.states.values().stream()
        .map(FoldedState::state)
        .filter(state -> state.key().host().equals(host))
        .map(state -> state.counts())
        .reduce(VectorCounts.ZERO, VectorCounts::plus);
  }
}

package dev.irqledger.core.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.fold.Witness;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.ReleasePolicy.FreeDynamicOnClear;
import dev.irqledger.core.rule.ReleasePolicy.FreeOnClear;
import dev.irqledger.core.rule.ReleasePolicy.LruCap;
import dev.irqledger.core.state.VectorCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class HostModelProperties {
  @Provide
  Arbitrary<History> histories() {
    return Arbitraries.of(Witness.values()).flatMap(History::any);
  }

  @Provide
  Arbitrary<History> looked() {
    return History.any(Witness.LOOKING);
  }

  @Provide
  Arbitrary<History> plain() {
    return History.ofEventfds(Witness.LOOKING);
  }

  @Provide
  Arbitrary<ReleasePolicy> policies() {
    return Arbitraries.of(
        ReleasePolicy.KERNEL,
        new FreeOnClear(),
        new FreeDynamicOnClear(),
        new LruCap(0),
        new LruCap(2),
        new LruCap(2048));
  }

  @Property
  void the_kernels_own_policy_gives_the_history_of_the_log(@ForAll("histories") History history) {
    boolean[] ranOut = {false};
    history.again(
        ReleasePolicy.KERNEL,
        PoolSizes.UNKNOWN,
        (event, folded, step, model) -> {
          assertTrue(step.same());
          assertEquals(folded.state().interrupts(), model.modelled(event.device()).interrupts());
          assertEquals(model.logged(), model.modelled());
          assertEquals(step.loggedShort() == null, step.nowShort() == null);
          assertEquals(0, step.allocatedAgain());
          ranOut[0] |= step.loggedShort() != null;
        });
    Statistics.collect(ranOut[0]);
    Statistics.coverage(runs -> {
      runs.check(true).percentage(share -> share > 10);
      runs.check(false).percentage(share -> share > 10);
    });
  }

  @Property
  void
      with_the_hosts_true_pools_and_eventfds_alone_the_kernels_own_policy_gives_the_history_of_the_log(
          @ForAll("plain") History history) {
    history.again(
        ReleasePolicy.KERNEL,
        history.sizes(),
        (event, folded, step, model) -> {
          assertTrue(step.same());
          assertEquals(folded.state().interrupts(), model.modelled(event.device()).interrupts());
        });
  }

  @Property
  void no_policy_holds_more_than_the_kernel_while_no_call_failed(
      @ForAll("histories") History history, @ForAll("policies") ReleasePolicy policy) {
    boolean[] failed = {false};
    history.again(
        policy,
        PoolSizes.UNKNOWN,
        (_, _, step, model) -> {
          failed[0] |= step.loggedShort() != null || step.nowShort() != null;
          VectorCounts now = model.modelled().vectors();
          assertTrue(failed[0] || now.allocated() <= model.logged().vectors().allocated());
          assertTrue(failed[0] || now.armed() == model.logged().vectors().armed());
        });
  }

  @Property
  void a_cache_of_none_is_no_cache(@ForAll("histories") History history) {
    assertEquals(
        totals(history, new FreeOnClear(), history.sizes()),
        totals(history, new LruCap(0), history.sizes()));
  }

  @Property
  void a_cache_for_all_is_the_kernels(@ForAll("histories") History history) {
    assertEquals(
        drawn(totals(history, ReleasePolicy.KERNEL, history.sizes())),
        drawn(totals(history, new LruCap(2048), history.sizes())));
  }

  @Property
  void a_cap_holds_at_every_event(@ForAll("looked") History history) {
    history.again(
        new LruCap(2),
        PoolSizes.UNKNOWN,
        (event, _, _, model) ->
            assertTrue(
                model.modelled(event.device()).interrupts().mode() != InterruptMode.MSIX
                    || model.modelled(event.device()).counts().cached() <= 2));
  }

  @Property
  void nothing_runs_out_of_pools_without_an_end(
      @ForAll("histories") History history, @ForAll("policies") ReleasePolicy policy) {
    history.again(policy, PoolSizes.UNBOUNDED, (_, _, step, _) -> assertNull(step.nowShort()));
  }

  @Property
  void a_pool_is_never_overdrawn_and_empty_only_where_a_call_needs_more_than_it_has(
      @ForAll("looked") History history, @ForAll("policies") ReleasePolicy policy) {
    PoolSizes sizes = history.sizes();
    VectorCounts[] before = {VectorCounts.ZERO};
    history.again(
        policy,
        sizes,
        (event, _, step, model) -> {
          assertTrue(model.modelled().vectors().armed() <= sizes.cpuVectors());
          assertTrue(model.modelled().vectors().allocated() <= sizes.irtes());
          Pool empty = step.nowShort();
          if (empty != null) {
            int size = empty == Pool.CPU_VECTORS ? sizes.cpuVectors() : sizes.irtes();
            assertTrue(empty.share(before[0]) + wanted(event) > size);
          }
          before[0] = model.modelled().vectors();
        });
  }

  @Property
  void an_added_device_holds_what_the_one_does_that_it_repeats(@ForAll("histories") History log) {
    HostModel one = log.again(ReleasePolicy.KERNEL, PoolSizes.UNBOUNDED, (_, _, _, _) -> {});
    HostModel three =
        log.again(
            new HostModel(
                ReleasePolicy.KERNEL,
                PoolSizes.UNBOUNDED,
                Map.of(
                    SharedHost.key(0), 2,
                    SharedHost.key(1), 2,
                    SharedHost.key(2), 2)),
            (_, _, _, _) -> {});
    VectorCounts single = one.modelled().vectors();
    assertEquals(single.plus(single).plus(single), three.modelled().vectors());
  }

  private static int wanted(InterruptEvent event) {
    return event.body() instanceof InterruptsSet set
        ? (int) (set.call().start() + set.call().count())
        : 0;
  }

  private static List<VectorCounts> totals(
      History history, ReleasePolicy policy, PoolSizes supposed) {
    List<VectorCounts> totals = new ArrayList<>();
    history.again(policy, supposed, (_, _, _, model) -> totals.add(model.modelled().vectors()));
    return totals;
  }

  /** What is drawn on the pools, whatever it counts as. */
  private static List<List<Integer>> drawn(List<VectorCounts> totals) {
    return totals.stream().map(now -> List.of(now.armed(), now.allocated())).toList();
  }
}

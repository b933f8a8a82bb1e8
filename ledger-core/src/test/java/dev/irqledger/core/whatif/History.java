package dev.irqledger.core.whatif;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.fold.Witness;
import dev.irqledger.core.rule.CallArbitraries;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.TestHost;
import dev.irqledger.core.state.DeviceState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The log of a host with three devices.
 *
 * @param sizes how large the host's pools are
 * @param events its events in order
 */
record History(PoolSizes sizes, List<InterruptEvent> events) {
  private static final int DEVICES = 3;
  private static final int PLENTY = 100_000;

  /** Histories of devices that can grow, on hosts whose pools run out or do not. */
  static Arbitrary<History> any(Witness witness) {
    return any(witness, call -> call);
  }

  /** The same with nothing but eventfds: only a pool that is empty makes a block fail. */
  static Arbitrary<History> ofEventfds(Witness witness) {
    return any(witness, History::withEventfds);
  }

  private static Arbitrary<History> any(Witness witness, UnaryOperator<VfioCall> made) {
    Arbitrary<Life> lives =
        CallArbitraries.lives(25).filter(life -> life.generation() == KernelGeneration.DYNAMIC);
    Arbitrary<Integer> pools =
        Arbitraries.oneOf(Arbitraries.just(PLENTY), Arbitraries.integers().between(0, 25));
    Arbitrary<PoolSizes> sizes = Combinators.combine(pools, pools).as(PoolSizes::new);
    Arbitrary<List<Integer>> turns =
        Arbitraries.integers().between(0, DEVICES - 1).list().ofMinSize(20).ofMaxSize(80);
    return Combinators.combine(sizes, lives.list().ofSize(DEVICES), turns)
        .as((size, three, order) -> {
          List<List<VfioCall>> calls =
              three.stream().map(life -> life.calls().stream().map(made).toList()).toList();
          return of(size, witness, calls, order);
        });
  }

  private static VfioCall withEventfds(VfioCall call) {
    return call instanceof SetIrqs(long index, long start, long count, int flags, var data)
            && data instanceof IrqSetData.Eventfds fds
        ? new SetIrqs(
            index,
            start,
            count,
            flags,
            new IrqSetData.Eventfds(
                Arrays.stream(fds.toArray()).map(fd -> fd >= TestHost.EVENTFDS ? 7 : fd).toArray()))
        : call;
  }

  private static History of(
      PoolSizes sizes, Witness witness, List<List<VfioCall>> calls, List<Integer> turns) {
    SharedHost host = new SharedHost(sizes, witness, DEVICES);
    int[] made = new int[DEVICES];
    List<InterruptEvent> events = new ArrayList<>();
    for (int device : turns) {
      if (made[device] < calls.get(device).size()) {
        events.add(host.make(device, calls.get(device).get(made[device]++)));
      }
    }
    return new History(sizes, events);
  }

  /** Sees each event after the model took it. */
  @FunctionalInterface
  interface Observer {
    void took(InterruptEvent event, Folded folded, Step step, HostModel model);
  }

  /** Makes all calls again. */
  HostModel again(ReleasePolicy policy, PoolSizes supposed, Observer observer) {
    return again(new HostModel(policy, supposed, Map.of()), observer);
  }

  HostModel again(HostModel model, Observer observer) {
    Map<DeviceKey, DeviceState> states = new HashMap<>();
    for (InterruptEvent event : events) {
      DeviceState before = states.getOrDefault(event.device(), DeviceState.unseen(event.device()));
      Folded folded = Ledger.fold(before, event);
      states.put(event.device(), folded.state());
      observer.took(event, folded, model.take(event, folded), model);
    }
    return model;
  }
}

package dev.irqledger.benchmarks.calls;

import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.rule.Environment;
import dev.irqledger.core.rule.Outcome;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.VfioPciModel;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.standalone.BusyDevices;
import dev.irqledger.wire.SealedEvent;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the core does for one ordinary event: one vector loses its trigger, or gets it back. */
@State(Scope.Thread)
public class FoldCalls {
  /** A power of two: enough that no branch is learned by heart, few enough for a cache. */
  private static final int EVENTS = 256;

  @Param({"1", "32", "2048"})
  public int vectors;

  private final List<DeviceState> before = new ArrayList<>();
  private final List<InterruptEvent> events = new ArrayList<>();
  private final List<SetIrqs> calls = new ArrayList<>();
  private int next;

  /** A kernel that grants everything. */
  private static final Environment GENEROUS =
      new Environment() {
        @Override
        public long nowMicros() {
          return 1;
        }

        @Override
        public int grant(int wanted) {
          return wanted;
        }

        @Override
        public int allocate(int vector, int taken) {
          return 100 + vector;
        }

        @Override
        public int eventfd(int fd) {
          return 0;
        }

        @Override
        public int handler(int vector, int armed) {
          return 0;
        }
      };

  @Setup
  public void fold() {
    List<SealedEvent> log = new ArrayList<>();
    BusyDevices.moving(1, 1, vectors, EVENTS).accept(log::add);
    DeviceState state = DeviceState.unseen(log.getFirst().event().device());
    for (SealedEvent sealed : log) {
      before.add(state);
      events.add(sealed.event());
      Folded folded = Ledger.fold(state, sealed.event());
      if (!folded.violations().isEmpty()) {
        throw new IllegalStateException("no ordinary event: " + folded.violations());
      }
      state = folded.state();
    }
    int opening = log.size() - EVENTS;
    before.subList(0, opening).clear();
    events.subList(0, opening).clear();
    events.forEach(event -> calls.add(((InterruptsSet) event.body()).call()));
  }

  private int next() {
    next = (next + 1) & (EVENTS - 1);
    return next;
  }

  /** The hash is in the event already: that is measured apart. */
  @Benchmark
  public Folded fold_an_event() {
    int i = next();
    return Ledger.fold(before.get(i), events.get(i));
  }

  @Benchmark
  public Outcome model_a_call() {
    int i = next();
    return VfioPciModel.apply(before.get(i), calls.get(i), ReleasePolicy.KERNEL, GENEROUS);
  }
}

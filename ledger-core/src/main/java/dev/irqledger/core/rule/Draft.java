package dev.irqledger.core.rule;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorMapBuilder;
import dev.irqledger.core.state.VectorState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One device's interrupts while a call works on them. Lives as long as the call. */
final class Draft {
  final DeviceState before;
  final Environment environment;
  private final ReleasePolicy policy;
  private List<Change.EventfdSignalled> signals = List.of();
  private final VectorMapBuilder vectors;

  /** All but the vectors. */
  private Interrupts interrupts;

  private int taken;
  private int armed;

  Draft(DeviceState before, ReleasePolicy policy, Environment environment) {
    this.before = before;
    this.policy = policy;
    this.environment = environment;
    this.interrupts = before.interrupts();
    this.vectors = new VectorMapBuilder(interrupts.vectors());
  }

  InterruptMode mode() {
    return interrupts.mode();
  }

  /** The vectors as they are now. */
  VectorMap vectors() {
    return vectors.build();
  }

  /** A vector as it is now, null where it is free. */
  @Nullable VectorState vector(int vector) {
    return vectors.get(vector);
  }

  KernelGeneration generation(IrqIndex index) {
    return before.profile().generation(index);
  }

  int single(IrqIndex index) {
    return interrupts.single(index);
  }

  void mode(InterruptMode to) {
    interrupts = interrupts.withMode(to);
  }

  void single(IrqIndex index, int fd) {
    interrupts = interrupts.withSingle(index, fd);
  }

  void signal(int fd) {
    if (Eventfd.mayArm(fd)) {
      signals = signals.isEmpty() ? new ArrayList<>() : signals;
      signals.add(new Change.EventfdSignalled(fd));
    }
  }

  /**
   * Gives the vector an irq.
   *
   * @return 0 or a negated errno
   */
  int allocate(int vector, boolean dynamic) {
    int irq = environment.allocate(vector, taken);
    if (irq < 0) {
      return irq;
    }
    taken++;
    vectors.put(
        vector,
        new VectorState(Phase.RESERVED, irq, Eventfd.NONE, dynamic, environment.nowMicros()));
    return 0;
  }

  /**
   * Requests a handler for an allocated vector.
   *
   * @return 0 or a negated errno
   */
  int arm(int vector, VectorState state, int fd) {
    // a trigger that is there is removed first, and with it the CPU vector that it held
    int others = state.armed() ? armed - 1 : armed;
    int refused = environment.handler(vector, others);
    if (refused != 0) {
      return refused;
    }
    armed = others + 1;
    vectors.put(vector, state.armed(fd, environment.nowMicros()));
    return 0;
  }

  /**
   * Removes the vector's trigger, its irq is kept. The phase counts completed operations only: what
   * was armed and unwound within this call was never armed.
   */
  void disarm(int vector) {
    VectorState state = vector(vector);
    if (state != null && state.armed()) {
      armed--;
      vectors.put(vector, withoutTrigger(state, before.interrupts().vectors().get(vector)));
    }
  }

  /** A policy that frees looks at what lost a trigger, also one that it had in this call only. */
  private VectorState withoutTrigger(VectorState state, @Nullable VectorState was) {
    boolean kept = policy.equals(ReleasePolicy.KERNEL);
    if (kept && was != null && was.phase() != Phase.ARMED) {
      return was;
    }
    Phase phase = kept && was == null ? Phase.RESERVED : Phase.CACHED;
    return state.unarmed(phase, nowMicros());
  }

  /** Frees all irqs at once; whatever was armed is not any more. */
  void releaseAll() {
    VectorCounts held = vectors.counts();
    taken -= held.allocated();
    armed -= held.armed();
    vectors.replaceBy(VectorMap.EMPTY);
  }

  /** Forgets what this call did; the irqs that it took are given back. */
  void revert() {
    interrupts = before.interrupts();
    vectors.replaceBy(interrupts.vectors());
    taken = 0;
    armed = 0;
  }

  /** Lets go of cached irqs as the policy says, after a completed operation. */
  void applyPolicy() {
    if (generation(IrqIndex.MSIX) != KernelGeneration.DYNAMIC || mode() != InterruptMode.MSIX) {
      return;
    }
    switch (policy) {
      case ReleasePolicy.Keep() -> {}
      case ReleasePolicy.FreeOnClear() -> freeCached(Integer.MAX_VALUE, false);
      case ReleasePolicy.FreeDynamicOnClear() -> freeCached(Integer.MAX_VALUE, true);
      case ReleasePolicy.LruCap(int most) -> freeCached(vectors.counts().cached() - most, false);
    }
  }

  /** Frees so many cached irqs, those that were cached first; of equal ones the lowest vectors. */
  private void freeCached(int atMost, boolean dynamicOnly) {
    if (atMost > 0) {
      cached(dynamicOnly).stream()
          .sorted(Comparator.comparingLong(this::sinceMicros))
          .limit(atMost)
          .forEach(this::free);
    }
  }

  private List<Integer> cached(boolean dynamicOnly) {
    List<Integer> cached = new ArrayList<>();
    vectors()
        .forEach((vector, state) -> {
          if (state.phase() == Phase.CACHED && (!dynamicOnly || state.dynamic())) {
            cached.add(vector);
          }
        });
    return cached;
  }

  private long sinceMicros(int vector) {
    VectorState state = vector(vector);
    return state == null ? 0 : state.sinceMicros();
  }

  private void free(int vector) {
    taken--;
    vectors.put(vector, null);
  }

  Outcome outcome(int result) {
    DeviceState after = before.with(interrupts.withVectors(vectors.build()));
    return new Outcome(before, after, result, List.copyOf(signals));
  }

  private long nowMicros() {
    return environment.nowMicros();
  }
}

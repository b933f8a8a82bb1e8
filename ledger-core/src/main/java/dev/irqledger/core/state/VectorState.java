package dev.irqledger.core.state;

import dev.irqledger.core.device.Eventfd;

/**
 * One allocated vector.
 *
 * @param phase RESERVED, ARMED or CACHED; a FREE vector has no state
 * @param irq its Linux irq, {@link #IRQ_UNKNOWN} where nobody saw the number
 * @param trigger its eventfd as {@link Eventfd} writes it, NONE unless ARMED
 * @param dynamic allocated one by one after the mode was enabled, not with its range
 * @param sinceMicros the host time at which it entered its phase; 0 where not known
 */
public record VectorState(Phase phase, int irq, int trigger, boolean dynamic, long sinceMicros) {
  /** Linux numbers irqs from 1. */
  public static final int IRQ_UNKNOWN = 0;

  /**
   * @throws IllegalArgumentException if phase and trigger contradict each other
   */
  public VectorState {
    if (phase == Phase.FREE || (phase == Phase.ARMED) != Eventfd.mayArm(trigger)) {
      throw new IllegalArgumentException(phase + " with trigger " + trigger);
    }
  }

  public boolean armed() {
    return phase == Phase.ARMED;
  }

  public boolean irqKnown() {
    return irq != IRQ_UNKNOWN;
  }

  /** The same vector with that trigger. */
  public VectorState armed(int fd, long nowMicros) {
    return new VectorState(Phase.ARMED, irq, fd, dynamic, armed() ? sinceMicros : nowMicros);
  }

  /** The same vector without a trigger, in that phase. */
  public VectorState unarmed(Phase to, long nowMicros) {
    return new VectorState(to, irq, Eventfd.NONE, dynamic, phase == to ? sinceMicros : nowMicros);
  }

  /** The same vector with that Linux irq. */
  public VectorState withIrq(int number) {
    return number == irq ? this : new VectorState(phase, number, trigger, dynamic, sinceMicros);
  }
}

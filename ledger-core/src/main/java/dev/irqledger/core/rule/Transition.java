package dev.irqledger.core.rule;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorState;
import org.jspecify.annotations.Nullable;

/**
 * How a vector passed from one state to another, with the words and the rule of the kernel that
 * apply ({@code vfio_msi_enable}, {@code vfio_msi_set_vector_signal} and {@code vfio_msi_disable}
 * in {@code drivers/vfio/pci/vfio_pci_intrs.c}).
 */
public enum Transition {
  /** Free, and then allocated with its mode. */
  ENABLED(
      Rule.ENABLE_ALLOCATES_RANGE,
      "the mode was enabled: every vector from 0 to the end of the block got an irq, whether it has"
          + " a trigger or not"),
  /** Free in a mode that is in use, and then allocated alone. */
  GROWN(
      Rule.NO_GROWTH_WITHOUT_DYNAMIC,
      "it got an irq of its own with its first trigger: MSI-X grows while it is in use, since Linux"
          + " 6.5 and where the device allows it"),
  /** Its first trigger. */
  ARMED(
      Rule.CACHE_KEEPS_IRQ,
      "a trigger was assigned: the irq that the enable had reserved got a handler and a CPU vector"),
  /** A trigger, after it had one and lost it. */
  REARMED(
      Rule.CACHE_KEEPS_IRQ,
      "a trigger was assigned again: the cached irq is the same, and only a handler and a CPU vector"
          + " had to be had anew"),
  /** Another trigger in the place of one. */
  RETRIGGERED(
      Rule.CACHE_KEEPS_IRQ,
      "another eventfd took the place of the one before: the irq is the same"),
  /** No trigger any more, as somebody asked for. */
  CLEARED(
      Rule.CACHE_KEEPS_IRQ,
      "the trigger was removed: handler and CPU vector are free again, and the irq stays allocated"
          + " until the mode is left"),
  /** No trigger any more, since a block failed behind it. */
  UNWOUND(
      Rule.BLOCK_UNWINDS,
      "the call failed further on: the kernel took the triggers away that it had assigned so far,"
          + " and kept the irqs"),
  /** Freed with all others. */
  TORN_DOWN(
      Rule.TEARDOWN_ALL_AT_ONCE,
      "the mode was left, and with it every irq was freed: by a disable, or as the device was"
          + " released"),
  /** Freed while others stay. */
  FREED_ALONE(
      Rule.TEARDOWN_ALL_AT_ONCE,
      "it was freed while its mode stayed: no kernel is known to do that"),
  /** Known from a look at the kernel only. */
  OBSERVED(null, "somebody looked at what the kernel shows; what led to it was not seen");

  private final @Nullable Rule rule;
  private final String words;

  Transition(@Nullable Rule rule, String words) {
    this.rule = rule;
    this.words = words;
  }

  /** The rule that applies; null where none does. */
  public @Nullable Rule rule() {
    return rule;
  }

  /** What happened and why, in words for people. */
  public String words() {
    return words;
  }

  /**
   * The transition of one vector at an event.
   *
   * @param body the event's
   * @param modeBefore the mode in use before it
   * @param modeAfter the mode in use after it
   * @param before the vector before it; null for a free one
   * @param after the vector after it, not equal to the one before; null for a free one
   */
  public static Transition of(
      EventBody body,
      InterruptMode modeBefore,
      InterruptMode modeAfter,
      @Nullable VectorState before,
      @Nullable VectorState after) {
    if (body instanceof StateObserved) {
      return OBSERVED;
    }
    if (after == null) {
      return modeAfter.hasVectors() ? FREED_ALONE : TORN_DOWN;
    }
    if (before == null) {
      return modeBefore == modeAfter ? GROWN : ENABLED;
    }
    if (after.armed()) {
      return before.armed()
          ? (before.trigger() == after.trigger() ? OBSERVED : RETRIGGERED)
          : (before.phase() == Phase.CACHED ? REARMED : ARMED);
    }
    if (!before.armed()) {
      return OBSERVED; // only its number became known
    }
    return body instanceof InterruptsSet set && set.result().orElse(0) != 0 ? UNWOUND : CLEARED;
  }
}

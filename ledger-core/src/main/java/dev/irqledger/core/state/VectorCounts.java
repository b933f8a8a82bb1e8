package dev.irqledger.core.state;

import org.jspecify.annotations.Nullable;

/**
 * How many vectors are in each phase. ARMED vectors hold CPU vectors; all three hold irqs and
 * interrupt-remapping entries.
 */
public record VectorCounts(int armed, int cached, int reserved) {
  public static final VectorCounts ZERO = new VectorCounts(0, 0, 0);

  /** Vectors that hold an irq. */
  public int allocated() {
    return armed + cached + reserved;
  }

  public VectorCounts plus(VectorCounts other) {
    return new VectorCounts(armed + other.armed, cached + other.cached, reserved + other.reserved);
  }

  public VectorCounts minus(VectorCounts other) {
    return new VectorCounts(armed - other.armed, cached - other.cached, reserved - other.reserved);
  }

  /** After one vector has come from a state to another; null is a free one. */
  VectorCounts with(@Nullable VectorState before, @Nullable VectorState after) {
    if (before != null && after != null && before.phase() == after.phase()) {
      return this;
    }
    Phase left = before == null ? Phase.FREE : before.phase();
    Phase entered = after == null ? Phase.FREE : after.phase();
    return new VectorCounts(
        armed + difference(Phase.ARMED, left, entered),
        cached + difference(Phase.CACHED, left, entered),
        reserved + difference(Phase.RESERVED, left, entered));
  }

  private static int difference(Phase of, Phase left, Phase entered) {
    return (entered == of ? 1 : 0) - (left == of ? 1 : 0);
  }

  VectorCounts with(Phase phase, int difference) {
    return switch (phase) {
      case FREE -> this;
      case ARMED -> new VectorCounts(armed + difference, cached, reserved);
      case CACHED -> new VectorCounts(armed, cached + difference, reserved);
      case RESERVED -> new VectorCounts(armed, cached, reserved + difference);
    };
  }
}

package dev.irqledger.core.policy;

import dev.irqledger.core.state.VectorCounts;
import java.util.Locale;

/** What a budget counts. */
public enum Measure {
  /** Vectors with a trigger, and so CPU vectors. */
  ARMED,
  /** Vectors with a Linux irq, and so interrupt-remapping entries. */
  ALLOCATED;

  public int of(VectorCounts counts) {
    return switch (this) {
      case ARMED -> counts.armed();
      case ALLOCATED -> counts.allocated();
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What brings the number down, in words for whoever holds the vectors. */
  public String remedy() {
    return switch (this) {
      case ARMED -> "take triggers away (an eventfd of -1), disable MSI-X or MSI, or close";
      case ALLOCATED ->
          "disable MSI-X or MSI, or close: a vector that only lost its trigger keeps its irq";
    };
  }
}

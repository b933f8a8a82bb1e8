package dev.irqledger.cli;

import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Picks what concerns one vector, or everything. */
final class VectorFilter {
  private final @Nullable Integer vector;
  private boolean found;

  /**
   * @param vector the vector; null for everything
   */
  VectorFilter(@Nullable Integer vector) {
    this.vector = vector;
  }

  boolean concerns(Folded folded) {
    boolean concerned =
        vector == null
            || !changes(folded).isEmpty()
            || folded.violations().stream().anyMatch(this::concerns);
    found = found || concerned;
    return concerned;
  }

  /** Whether anything concerned it so far. */
  boolean found() {
    return found;
  }

  private boolean concerns(Violation violation) {
    return vector == null || violation.vectors().contains(vector);
  }

  List<Change> changes(Folded folded) {
    return folded.changes().stream().filter(this::concerns).toList();
  }

  private boolean concerns(Change change) {
    if (vector == null) {
      return true;
    }
    return switch (change) {
      case Change.VectorChanged changed -> changed.vector() == vector;
      case Change.AllReleased(var before) -> before.get(vector) != null;
      case Change.ModeChanged _, Change.TriggerChanged _, Change.EventfdSignalled _ -> false;
    };
  }
}

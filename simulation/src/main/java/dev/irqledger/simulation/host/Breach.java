package dev.irqledger.simulation.host;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a kernel does against its rules, and the rule that must catch it. */
@SuppressWarnings("ImmutableEnumChecker") // the lies hold no state
enum Breach {
  A_KEPT_VECTOR_HAS_ANOTHER_IRQ(Rule.CACHE_KEEPS_IRQ) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      Seen kept = made.sameMode() ? first(view, s -> made.had(s.vector())) : null;
      return kept == null
          ? null
          : with(view, new Seen(kept.vector(), kept.irq() + OTHER_IRQ, kept.armed()));
    }
  },
  ONE_IRQ_IS_LEFT_AFTER_THE_DISABLE(Rule.TEARDOWN_ALL_AT_ONCE) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      return made.disabled() && view.to() == KernelView.MAX_VECTORS
          ? with(view, made.before().allocated().getFirst())
          : null;
    }
  },
  ALL_IRQS_ARE_LEFT_AFTER_THE_CLOSE(Rule.TEARDOWN_ALL_AT_ONCE) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      return made.kind() == Made.Kind.CLOSE && !made.before().allocated().isEmpty()
          ? made.before()
          : null;
    }
  },
  AN_ENABLE_ALLOCATED_ONE_VECTOR_LESS(Rule.ENABLE_ALLOCATES_RANGE) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      return made.enabled() && !view.allocated().isEmpty()
          ? without(view, view.allocated().getLast().vector())
          : null;
    }
  },
  AN_IRQ_IS_ZERO(Rule.IRQ_POSITIVE) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      Seen first = made.kind() == Made.Kind.SET ? first(view, _ -> true) : null;
      return first == null ? null : with(view, new Seen(first.vector(), 0, first.armed()));
    }
  },
  TWO_VECTORS_HAVE_ONE_IRQ(Rule.IRQ_UNIQUE_ON_HOST) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      if (made.kind() != Made.Kind.SET || view.allocated().size() < 2) {
        return null;
      }
      Seen last = view.allocated().getLast();
      return made.had(last.vector())
          ? null
          : with(view, new Seen(last.vector(), view.allocated().getFirst().irq(), last.armed()));
    }
  },
  AN_ARMED_VECTOR_SHOWS_NO_TRIGGER(Rule.RESULT_MISMATCH) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      Seen armed =
          made.kind() == Made.Kind.SET && made.result() == 0 ? first(view, Seen::armed) : null;
      return armed == null ? null : with(view, new Seen(armed.vector(), armed.irq(), false));
    }
  },
  A_RESET_FREED_A_VECTOR(Rule.RESET_KEEPS) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      Seen first = made.kind() == Made.Kind.RESET ? first(view, _ -> true) : null;
      return first == null ? null : without(view, first.vector());
    }
  },
  A_RESET_REMOVED_OR_SET_A_TRIGGER(Rule.RESET_KEEPS) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      Seen first = made.kind() == Made.Kind.RESET ? first(view, _ -> true) : null;
      return first == null
          ? null
          : with(view, new Seen(first.vector(), first.irq(), !first.armed()));
    }
  },
  THE_MODE_IS_ANOTHER_ONE(Rule.MODE_EXCLUSIVE) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      return made.sameMode() && view.mode() == InterruptMode.MSIX
          ? new KernelView(InterruptMode.MSI, view.from(), view.to(), view.allocated())
          : null;
    }
  },
  A_FAILED_BLOCK_LEFT_A_TRIGGER(Rule.BLOCK_UNWINDS) {
    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      if (!made.sameMode() || made.result() >= 0) {
        return null;
      }
      Seen left = first(view, made::wasJustCleared);
      Seen later =
          left == null
              ? null
              : first(view, s -> s.vector() > left.vector() && made.wasJustCleared(s));
      return left == null || later == null
          ? null
          : with(view, new Seen(left.vector(), left.irq(), true));
    }
  },
  A_MODE_GROWS_WITHOUT_DYNAMIC_ALLOCATION(Rule.NO_GROWTH_WITHOUT_DYNAMIC) {
    @Override
    int result(Made made) {
      return grows(made) ? 0 : made.result();
    }

    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      if (!grows(made)) {
        return null;
      }
      KernelView grown = view;
      for (int i = 0; i < made.call().count(); i++) {
        int vector = (int) made.call().start() + i;
        Seen was = made.before().seen(vector);
        int irq =
            was == null
                ? made.before().allocated().getFirst().irq() + (2 + vector) * OTHER_IRQ
                : was.irq();
        grown = with(grown, new Seen(vector, irq, made.call().fd(i) >= 0));
      }
      return grown;
    }

    private boolean grows(Made made) {
      return made.sameMode()
          && made.kind() == Made.Kind.SET
          && made.result() == Errno.EINVAL.result()
          && made.fixed()
          && made.call().dataIs(IrqSetFlags.DATA_EVENTFD)
          && made.inItsMode()
          && made.call().count() > 0
          && made.call().count() < 8
          && made.before().seen((int) made.call().start() + (int) made.call().count() - 1) == null
          && made.goodDescriptors();
    }
  },
  A_DISABLE_RETURNED_A_POSITIVE_NUMBER(Rule.RESULT_MISMATCH) {
    @Override
    int result(Made made) {
      return made.disabled() ? 3 : made.result();
    }

    @Override
    @Nullable KernelView shown(Made made, KernelView view) {
      return made.disabled() ? view : null;
    }
  };

  /** Far from the numbers that modelled hosts give out. */
  static final int OTHER_IRQ = 1_000_000;

  private final Rule caughtBy;

  Breach(Rule caughtBy) {
    this.caughtBy = caughtBy;
  }

  Rule caughtBy() {
    return caughtBy;
  }

  /** What the call returns instead. */
  int result(Made made) {
    return made.result();
  }

  /** What is shown instead; null where the rule cannot be broken there. */
  abstract @Nullable KernelView shown(Made made, KernelView view);

  /**
   * An operation as the kernel made it.
   *
   * @param before what it showed of all vectors before
   * @param after and after
   * @param fixed whether the vectors of the call are the device's and cannot be added one by one
   * @param goodDescriptors whether all descriptors of the call were good ones
   */
  record Made(
      Kind kind,
      KernelView before,
      SetIrqs call,
      int result,
      KernelView after,
      boolean fixed,
      boolean goodDescriptors) {
    enum Kind {
      SET,
      RESET,
      CLOSE
    }

    boolean sameMode() {
      return kind == Kind.SET && before.mode() == after.mode() && before.mode().hasVectors();
    }

    boolean inItsMode() {
      return call.index() == (before.mode() == InterruptMode.MSI ? 1 : 2);
    }

    boolean disabled() {
      return kind == Kind.SET
          && call.disables()
          && result == 0
          && !before.allocated().isEmpty()
          && after.allocated().isEmpty();
    }

    boolean enabled() {
      return kind == Kind.SET
          && result == 0
          && before.mode() == InterruptMode.NONE
          && after.mode().hasVectors();
    }

    boolean had(int vector) {
      return before.seen(vector) != null;
    }

    boolean wasJustCleared(Seen seen) {
      Seen was = before.seen(seen.vector());
      return was != null && was.armed() && !seen.armed();
    }
  }

  private static @Nullable Seen first(KernelView view, Predicate<Seen> which) {
    return view.allocated().stream().filter(which).findFirst().orElse(null);
  }

  private static KernelView without(KernelView view, int vector) {
    List<Seen> left = view.allocated().stream().filter(s -> s.vector() != vector).toList();
    return new KernelView(view.mode(), view.from(), view.to(), left);
  }

  private static KernelView with(KernelView view, Seen seen) {
    List<Seen> all = new ArrayList<>(without(view, seen.vector()).allocated());
    all.add(seen);
    all.sort((a, b) -> Integer.compare(a.vector(), b.vector()));
    return new KernelView(view.mode(), view.from(), view.to(), all);
  }
}

package dev.irqledger.cli.write;

import dev.irqledger.launch.DurationText;
import dev.irqledger.wire.avro.EnforcedAction;
import dev.irqledger.wire.avro.Enforcement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of what a policy enforces: what is named is replaced, the rest stays.
 *
 * @param named the later one holds
 * @param expiry null where it stays
 */
record EnforcementChange(List<EnforceText> named, @Nullable Duration expiry) {
  static final EnforcementChange NOTHING = new EnforcementChange(List.of(), null);

  private static final long MOST_SECONDS =
      dev.irqledger.core.policy.Enforcement.LONGEST_EXPIRY_SECONDS;

  EnforcementChange {
    named = List.copyOf(named);
  }

  boolean nothing() {
    return named.isEmpty() && expiry == null;
  }

  /** What is wrong with it; null where nothing is. */
  @Nullable String fault() {
    boolean whole = expiry == null || expiry.toMillisPart() == 0;
    return expiry == null
            || (whole && expiry.toSeconds() >= 1 && expiry.toSeconds() <= MOST_SECONDS)
        ? null
        : "--enforce-expiry is whole seconds, from 1s to " + DurationText.ofSeconds(MOST_SECONDS);
  }

  /**
   * What is enforced afterwards; null for nothing.
   *
   * @param before null where nothing was
   */
  @Nullable Enforcement apply(@Nullable Enforcement before) {
    EnforcedAction overBudget = before == null ? EnforcedAction.NONE : before.getOverBudget();
    EnforcedAction idle = before == null ? EnforcedAction.NONE : before.getIdleReservation();
    for (EnforceText change : named) {
      overBudget = change.overBudget() == null ? overBudget : change.overBudget();
      idle = change.idle() == null ? idle : change.idle();
    }
    return overBudget == EnforcedAction.NONE && idle == EnforcedAction.NONE
        ? null
        : new Enforcement(overBudget, idle, seconds(before));
  }

  private long seconds(@Nullable Enforcement before) {
    if (expiry != null) {
      return expiry.toSeconds();
    }
    return before == null
        ? dev.irqledger.core.policy.Enforcement.DEFAULT_EXPIRY_SECONDS
        : before.getExpirySeconds();
  }
}

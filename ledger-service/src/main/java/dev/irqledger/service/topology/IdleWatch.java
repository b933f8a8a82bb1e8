package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.policy.IdleReservation;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.core.policy.Standing;
import dev.irqledger.core.policy.Unarmed;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.service.pressure.Looks;
import dev.irqledger.service.pressure.StandingText;
import dev.irqledger.wire.FoldedState;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds vectors that keep their irq without a trigger for longer than the host's policy allows,
 * each once. A device is looked at vector by vector when some may be due, and not before. Confined
 * to one task.
 */
final class IdleWatch {
  /** So many devices are looked at vector by vector at a time: the stream goes on meanwhile. */
  private static final int MOST_LOOKS = 32;

  /** A device is not looked at again before. */
  private static final long LEAST_PAUSE_MS = 1000;

  private static final String KIND = "idle";
  private static final String FOUND_UP_TO = "FOUND_UP_TO";

  private final Supplier<Policies> policies;
  private final KeptDevices devices;
  private final Standings standings;
  private final Enforcer enforcer;
  private final CaughtUp caughtUp;
  private final Looks looks = new Looks();

  IdleWatch(
      Supplier<Policies> policies,
      KeptDevices devices,
      Standings standings,
      Enforcer enforcer,
      CaughtUp caughtUp) {
    this.policies = policies;
    this.devices = devices;
    this.standings = standings;
    this.enforcer = enforcer;
    this.caughtUp = caughtUp;
  }

  /** A device was folded on. */
  void folded(DeviceState state, Policy policy, long logTimeMs) {
    Long limit = policy.idleLimitSeconds();
    if (limit == null && standings.none()) {
      return; // a look that was planned by another policy finds no limit
    }
    String device = state.key().toString();
    if (unarmed(state.counts()) == 0) {
      looks.cancel(device);
      forget(state.key());
    } else if (limit != null) {
      looks.plan(device, logTimeMs + Math.min(limit, Integer.MAX_VALUE) * 1000 + 1);
    }
  }

  /**
   * The policy of a device's host is another one.
   *
   * @param before null where none was known
   */
  void policyChanged(
      String device, VectorCounts counts, Policy policy, @Nullable Policy before, long nowMs) {
    Long limit = policy.idleLimitSeconds();
    looks.cancel(device);
    if (before != null && !Objects.equals(before.idleLimitSeconds(), limit)) {
      forget(DeviceKey.parse(device));
    }
    if (limit != null && unarmed(counts) > 0) {
      looks.plan(device, nowMs);
    }
  }

  /**
   * Looks at the devices of which some vectors may be idle for too long by now. While events wait
   * to be folded it does not: one of them may tell that a vector got its trigger long ago.
   */
  void lookAtDue(long nowMs) {
    if (looks.due(nowMs)) {
      caughtUp.asOf(nowMs).ifPresent(this::lookAtAllDue);
    }
  }

  private void lookAtAllDue(long nowMs) {
    for (String due : looks.takeDue(nowMs, MOST_LOOKS)) {
      DeviceKey device = DeviceKey.parse(due);
      Policy policy = policies.get().of(device.host());
      Long limit = policy.idleLimitSeconds();
      if (limit != null) {
        devices
            .read(device)
            .filter(kept -> unarmed(kept.state().counts()) > 0)
            .ifPresent(kept -> look(kept, policy, limit, nowMs));
      }
    }
  }

  private void look(FoldedState kept, Policy policy, long limitSeconds, long nowMs) {
    DeviceState state = kept.state();
    long hostTime = state.head().hostTimeMicros();
    if (hostTime == 0) {
      return; // nobody knows since when anything is so
    }
    // The host's clock and the broker's are not compared: what passed since the event is counted
    // by the one, and what lay before it by the other.
    long hostNow = hostTime + Math.max(0, nowMs - kept.position().logTimeMs()) * 1000;
    Standing standing = standings.of(key(state.key()));
    long foundUpTo = standing.open().getOrDefault(FOUND_UP_TO, 0L);
    IdleReservation idle = IdleReservation.look(state, limitSeconds, foundUpTo, hostNow);
    if (idle.overdue().count() > 0) {
      enforcer.idle(idle.found(state, policy, limitSeconds, hostNow), policy, kept, nowMs);
    }
    long mark = idle.foundUpToMicros();
    standings.put(key(state.key()), standing.with(FOUND_UP_TO, mark == 0 ? null : mark));
    if (idle.nextMicros() != Unarmed.NEVER) {
      long inMs = (idle.nextMicros() - hostNow) / 1000 + 1;
      looks.plan(state.key().toString(), nowMs + Math.max(LEAST_PAUSE_MS, inMs));
    }
  }

  /** Whatever is idle from now on, or by another limit, is found anew. */
  private void forget(DeviceKey device) {
    standings.put(key(device), Standing.CLEAN);
  }

  private static String key(DeviceKey device) {
    return StandingText.key(device.host(), KIND, device.bdf().text());
  }

  private static int unarmed(VectorCounts counts) {
    return counts.cached() + counts.reserved();
  }
}

package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.policy.Correction;
import dev.irqledger.core.policy.EnforcedAction;
import dev.irqledger.core.policy.Excess;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.core.policy.PolicyFinding;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes findings on single devices, and asks the host's agent to remedy those of which the
 * policy says so: only on a device that the agent opened itself, only where the state is certain,
 * and once for each finding. What was done, or why not, is in the finding's evidence. Confined to
 * one task.
 */
final class Enforcer {
  private static final String EVIDENCE = "enforcement";

  /** So many operations are spelled out in a finding. */
  private static final int MOST_TOLD = 4;

  private final KeptDevices devices;
  private final Holdings holdings;
  private final TriggerCounts counts;
  private final FindingSink findings;
  private final CommandSink commands;
  private final LongSupplier systemTimeMs;

  /** What a finding was judged by. */
  private record Case(PolicyFinding finding, Policy policy, LogPosition position, long foundAtMs) {}

  Enforcer(
      KeptDevices devices,
      Holdings holdings,
      TriggerCounts counts,
      FindingSink findings,
      CommandSink commands,
      LongSupplier systemTimeMs) {
    this.devices = devices;
    this.holdings = holdings;
    this.counts = counts;
    this.findings = findings;
    this.commands = commands;
    this.systemTimeMs = systemTimeMs;
  }

  /**
   * A budget was overrun.
   *
   * @param position of the last event before it was found
   * @param foundAtMs when it was, by the broker's clock in milliseconds since 1970
   */
  void overBudget(
      PolicyFinding finding, Policy policy, Excess excess, LogPosition position, long foundAtMs) {
    Case found = new Case(finding, policy, position, foundAtMs);
    EnforcedAction action = action(found);
    FoldedState kept = action == EnforcedAction.NONE ? null : read(finding);
    if (kept == null) {
      findings.put(finding, position, foundAtMs);
      return;
    }
    DeviceState device = kept.state();
    publish(found, kept, Correction.of(action, device, excess, counts.of(device.key())));
  }

  /**
   * Vectors keep their irqs for too long.
   *
   * @param kept the device
   * @param foundAtMs when it was found, by the broker's clock in milliseconds since 1970
   */
  void idle(PolicyFinding finding, Policy policy, FoldedState kept, long foundAtMs) {
    Case found = new Case(finding, policy, kept.position(), foundAtMs);
    EnforcedAction action = action(found);
    if (action == EnforcedAction.NONE) {
      findings.put(finding, kept.position(), foundAtMs);
    } else {
      publish(found, kept, Correction.ofIdle(action, kept.state()));
    }
  }

  private static EnforcedAction action(Case found) {
    return found.finding.device() == null
        ? EnforcedAction.NONE
        : found.policy.enforcement().about(found.finding.rule());
  }

  /** Null where the finding is about no single device, or one that was never seen. */
  private @Nullable FoldedState read(PolicyFinding finding) {
    return finding.device() == null
        ? null
        : devices.read(new DeviceKey(finding.host(), finding.device())).orElse(null);
  }

  private void publish(Case found, FoldedState kept, Correction correction) {
    String obstacle = obstacle(found, kept.state());
    if (obstacle == null) {
      obstacle = correction.obstacle();
    }
    if (obstacle != null) {
      findings.put(
          found.finding.with(EVIDENCE, "nothing is asked for: " + obstacle),
          found.position,
          found.foundAtMs);
      return;
    }
    List<String> ops =
        correction.calls().stream().map(call -> OpScript.format(Op.of(call))).toList();
    Instant expiresAt = expiry(found, kept);
    PolicyFinding told = found.finding.with(EVIDENCE, words(ops, expiresAt));
    findings.put(told, found.position, found.foundAtMs);
    commands.put(told, kept.state(), ops, expiresAt, found.foundAtMs);
  }

  private @Nullable String obstacle(Case found, DeviceState device) {
    long lateSeconds = (systemTimeMs.getAsLong() - found.foundAtMs) / 1000;
    if (!holdings.of(device.key()).byAgent()) {
      return "the agent did not open the device itself";
    }
    if (device.uncertain()) {
      return "the device's state is not certain";
    }
    if (device.head().hostTimeMicros() == 0) {
      return "the host's clock is not known";
    }
    return lateSeconds > found.policy.enforcement().expirySeconds()
        ? "it was found " + lateSeconds + " s late"
        : null;
  }

  /** By the host's clock: what passed since the device's last event is counted by the broker's. */
  private static Instant expiry(Case found, FoldedState kept) {
    long sinceMs = Math.max(0, found.foundAtMs - kept.position().logTimeMs());
    return Instant.EPOCH
        .plus(kept.state().head().hostTimeMicros(), ChronoUnit.MICROS)
        .plusMillis(sinceMs)
        .plusSeconds(found.policy.enforcement().expirySeconds());
  }

  private static String words(List<String> ops, Instant expiresAt) {
    String told = String.join("; ", ops.subList(0, Math.min(ops.size(), MOST_TOLD)));
    String more = ops.size() > MOST_TOLD ? " and " + (ops.size() - MOST_TOLD) + " more" : "";
    return "asked for, until " + expiresAt + ": " + told + more;
  }
}

package dev.irqledger.web;

import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.avro.ViolationKind;
import org.jspecify.annotations.Nullable;

/**
 * Which findings are asked for; null stands for all.
 *
 * @param host of that host
 * @param device of the device with that PCI address
 * @param rule of the rule with that name
 * @param kind of that kind of rule
 * @param sinceMs found at an event whose log time is not before, milliseconds since 1970
 */
public record FindingFilter(
    @Nullable String host,
    @Nullable String device,
    @Nullable String rule,
    @Nullable ViolationKind kind,
    @Nullable Long sinceMs) {
  public static final FindingFilter ALL = new FindingFilter(null, null, null, null, null);

  /** Whether it is asked for. */
  public boolean takes(Violation finding) {
    return (host == null || host.equals(finding.getHost()))
        && (device == null || device.equals(finding.getDevice()))
        && (rule == null || rule.equals(finding.getRule()))
        && (kind == null || kind == finding.getKind())
        && (sinceMs == null || finding.getLogTime().toEpochMilli() >= sinceMs);
  }
}

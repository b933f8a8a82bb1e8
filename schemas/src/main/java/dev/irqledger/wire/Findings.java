package dev.irqledger.wire;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.policy.FoundAt;
import dev.irqledger.core.policy.PolicyFinding;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.avro.FoundEventHash;
import dev.irqledger.wire.avro.ViolationKind;
import java.time.Instant;
import java.util.Map;

/**
 * Between the core's violations and the records of {@code irq.violations}, which hold the findings
 * of policies too: those are written only, since no parity depends on them.
 */
public final class Findings {
  static {
    TrustedRecords.declare();
  }

  private Findings() {}

  /** The record of a violation by the event at that position. */
  public static dev.irqledger.wire.avro.Violation of(Violation violation, LogPosition position) {
    return dev.irqledger.wire.avro.Violation.newBuilder()
        .setId(violation.id())
        .setRule(violation.rule().name())
        .setKind(
            switch (violation.rule().kind()) {
              case KERNEL -> ViolationKind.KERNEL;
              case LOG -> ViolationKind.LOG;
            })
        .setHost(violation.device().host())
        .setDevice(violation.device().bdf().text())
        .setEventId(violation.eventId())
        .setEventHash(new FoundEventHash(violation.eventHash().toBytes()))
        .setEpoch(violation.epoch())
        .setSequence(violation.sequence())
        .setHostTimeMicros(violation.hostTimeMicros())
        .setVectors(violation.vectors())
        .setExpected(violation.expected())
        .setReported(violation.reported())
        .setEvidence(Map.of())
        .setPartition(position.partition())
        .setOffset(position.offset())
        .setLogTime(Instant.ofEpochMilli(position.logTimeMs()))
        .build();
  }

  /**
   * The record of what a policy objects to.
   *
   * @param position the event at that position, or the last one before a clock brought it up
   */
  public static dev.irqledger.wire.avro.Violation of(PolicyFinding finding, LogPosition position) {
    FoundAt at = finding.at();
    Bdf device = finding.device();
    return dev.irqledger.wire.avro.Violation.newBuilder()
        .setId(finding.id())
        .setRule(finding.rule().name())
        .setKind(ViolationKind.POLICY)
        .setHost(finding.host())
        .setDevice(device == null ? null : device.text())
        .setEventId(at.eventId())
        .setEventHash(at.eventId() == null ? null : new FoundEventHash(at.eventHash().toBytes()))
        .setEpoch(at.epoch())
        .setSequence(at.sequence())
        .setHostTimeMicros(at.hostTimeMicros())
        .setVectors(finding.vectors())
        .setExpected(finding.expected())
        .setReported(finding.reported())
        .setEvidence(finding.evidence())
        .setPartition(position.partition())
        .setOffset(position.offset())
        .setLogTime(Instant.ofEpochMilli(position.logTimeMs()))
        .build();
  }

  /** The core's violation; undecodable where the finding is no event's, or its rule not ours. */
  public static Decoded<Violation> violation(dev.irqledger.wire.avro.Violation finding) {
    if (finding.getDevice() == null
        || finding.getEventId() == null
        || finding.getEventHash() == null) {
      return new Undecodable<>("a finding about no event");
    }
    try {
      return new Value<>(
          new Violation(
              finding.getId(),
              Rule.valueOf(finding.getRule()),
              new DeviceKey(finding.getHost(), new Bdf(finding.getDevice())),
              finding.getEventId(),
              EventHash.of(finding.getEventHash().bytes()),
              finding.getEpoch(),
              finding.getSequence(),
              finding.getHostTimeMicros(),
              finding.getVectors(),
              finding.getExpected(),
              finding.getReported()));
    } catch (IllegalArgumentException e) {
      return new Undecodable<>(String.valueOf(e.getMessage()));
    }
  }

  /** The record of {@code irq.events} at which it was found. */
  public static LogPosition position(dev.irqledger.wire.avro.Violation finding) {
    return new LogPosition(
        finding.getPartition(), finding.getOffset(), finding.getLogTime().toEpochMilli());
  }
}

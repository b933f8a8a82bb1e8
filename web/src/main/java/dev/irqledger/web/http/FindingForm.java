package dev.irqledger.web.http;

import dev.irqledger.wire.Findings;
import dev.irqledger.wire.avro.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A finding, as {@code irq.violations} holds it. */
record FindingForm(
    String id,
    String rule,
    String kind,
    String host,
    @Nullable String device,
    @Nullable String event,
    @Nullable String hostTime,
    List<Integer> vectors,
    String expected,
    String reported,
    Map<String, String> evidence,
    PositionForm position) {

  static FindingForm of(Violation finding) {
    return new FindingForm(
        finding.getId().toString(),
        finding.getRule(),
        finding.getKind().name(),
        finding.getHost(),
        finding.getDevice(),
        finding.getEventId() == null ? null : finding.getEventId().toString(),
        PositionForm.micros(finding.getHostTimeMicros()),
        finding.getVectors(),
        finding.getExpected(),
        finding.getReported(),
        new TreeMap<>(finding.getEvidence()),
        PositionForm.of(Findings.position(finding)));
  }
}

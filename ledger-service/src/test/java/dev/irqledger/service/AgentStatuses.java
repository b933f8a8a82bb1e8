package dev.irqledger.service;

import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.CoverageMode;
import java.time.Instant;
import java.util.List;

/** What an agent tells of a host of which nothing else is known. */
final class AgentStatuses {
  private AgentStatuses() {}

  static AgentStatus.Builder of(String host) {
    return AgentStatus.newBuilder()
        .setHost(host)
        .setBootId("boot")
        .setEpoch(1)
        .setHeartbeatAt(Instant.EPOCH)
        .setCoverage(CoverageMode.PROBE)
        .setBlind(List.of())
        .setRemappingUnits(List.of())
        .setHostDrivers(List.of());
  }
}

package dev.irqledger.agent.publish;

import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.CoverageMode;
import dev.irqledger.wire.avro.RemappingUnit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What an agent tells of itself and its host from time to time. */
final class SignOfLife {
  private SignOfLife() {}

  /** The status of an agent that sees its own calls only. */
  static AgentStatus of(Incarnation self, HostCapacity capacity, Instant now) {
    RemappingUnit unit =
        RemappingUnit.newBuilder()
            .setUnit(HostCapacity.REMAPPING_UNIT)
            .setEntriesTotal(capacity.irtes())
            .setEntriesUsed(null)
            .build();
    return AgentStatus.newBuilder()
        .setHost(self.host())
        .setBootId(self.bootId())
        .setEpoch(self.epoch())
        .setHeartbeatAt(now.truncatedTo(ChronoUnit.MICROS))
        .setCoverage(CoverageMode.NONE)
        .setBlind(List.of())
        .setCpuVectorsTotal(capacity.cpuVectors())
        .setCpuVectorsFree(null)
        .setRemappingUnits(List.of(unit))
        .setHostDrivers(List.of())
        .build();
  }
}

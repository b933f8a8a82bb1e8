package dev.irqledger.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.whatif.PoolSizes;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.CoverageMode;
import dev.irqledger.wire.avro.DriverUse;
import dev.irqledger.wire.avro.RemappingUnit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToldSizesTest {
  private static AgentStatus.Builder status(@Nullable Integer cpuVectors) {
    return AgentStatus.newBuilder()
        .setHost("hv-1")
        .setBootId("")
        .setEpoch(1)
        .setHeartbeatAt(Instant.EPOCH)
        .setCoverage(CoverageMode.PROBE)
        .setBlind(List.of())
        .setCpuVectorsTotal(cpuVectors)
        .setRemappingUnits(List.of())
        .setHostDrivers(List.of())
        .setBacklog(0)
        .setArmedIdleTotal(0)
        .setArmedIdle(List.of());
  }

  @Test
  void what_the_hosts_own_drivers_hold_is_not_there_for_devices() {
    AgentStatus status =
        status(400)
            .setHostDrivers(List.of(new DriverUse("nvme", 10), new DriverUse("e1000e", 3)))
            .setRemappingUnits(
                List.of(
                    new RemappingUnit("dmar0", 1000, null),
                    new RemappingUnit("dmar1", null, null),
                    new RemappingUnit("dmar2", 500, null)))
            .build();
    assertEquals(new PoolSizes(387, 1487), ToldSizes.of(status));
  }

  @Test
  void what_no_agent_knows_stays_unknown() {
    assertEquals(PoolSizes.UNKNOWN, ToldSizes.of(status(null).build()));
  }
}

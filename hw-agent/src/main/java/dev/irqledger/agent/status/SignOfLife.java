package dev.irqledger.agent.status;

import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.DriverUse;
import dev.irqledger.wire.avro.RemappingUnit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What an agent tells of itself and its host from time to time. */
public final class SignOfLife {
  private SignOfLife() {}

  /**
   * The status of an agent.
   *
   * @param backlog events in the journal that the log has not acknowledged
   */
  public static AgentStatus of(
      Incarnation self, Resources resources, Sight sight, long backlog, Instant now) {
    return AgentStatus.newBuilder()
        .setHost(self.host())
        .setBootId(self.bootId())
        .setEpoch(self.epoch())
        .setHeartbeatAt(now.truncatedTo(ChronoUnit.MICROS))
        .setCoverage(sight.coverage())
        .setBlind(sight.blind())
        .setCpuVectorsTotal(nullable(resources.cpuVectorsTotal()))
        .setCpuVectorsFree(nullable(resources.cpuVectorsFree()))
        .setRemappingUnits(resources.units().stream().map(SignOfLife::unit).toList())
        .setHostDrivers(
            resources.drivers().stream()
                .map(driver -> new DriverUse(driver.name(), driver.irqs()))
                .toList())
        .setBacklog(backlog)
        .setArmedIdleTotal(sight.idleTotal())
        .setArmedIdle(List.copyOf(sight.idle()))
        .build();
  }

  private static RemappingUnit unit(Resources.Unit unit) {
    return new RemappingUnit(unit.name(), nullable(unit.total()), nullable(unit.used()));
  }

  private static @Nullable Integer nullable(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }
}

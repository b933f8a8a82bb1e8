package dev.irqledger.cli;

import dev.irqledger.cli.write.LastStatus;
import dev.irqledger.core.whatif.PoolSizes;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.DriverUse;
import dev.irqledger.wire.avro.RemappingUnit;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How large a host's pools are, as its agent told: without what the host's own drivers hold. */
final class ToldSizes {
  private ToldSizes() {}

  /**
   * Reads what it told last.
   *
   * @throws ReplayException if no broker answers
   */
  static PoolSizes read(Cluster cluster, String host) {
    try {
      AgentStatus status = LastStatus.read(cluster, host, Instant.now());
      return status == null ? PoolSizes.UNKNOWN : of(status);
    } catch (ReplayException e) {
      if (e.kind() == ReplayException.Kind.NO_TOPIC) {
        return PoolSizes.UNKNOWN; // a cluster that no agent ever wrote to
      }
      throw e;
    }
  }

  static PoolSizes of(AgentStatus status) {
    int ofHost = status.getHostDrivers().stream().mapToInt(DriverUse::getIrqs).sum();
    List<Integer> entries =
        status.getRemappingUnits().stream()
            .map(RemappingUnit::getEntriesTotal)
            .filter(Objects::nonNull)
            .toList();
    return new PoolSizes(
        less(status.getCpuVectorsTotal(), ofHost),
        less(entries.isEmpty() ? null : entries.stream().mapToInt(n -> n).sum(), ofHost));
  }

  private static @Nullable Integer less(@Nullable Integer total, int ofHost) {
    return total == null ? null : Integer.valueOf(Math.max(0, total - ofHost));
  }
}

package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.policy.IdleTriggers;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.IdleVector;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/** Which armed vectors did not fire, by what the hosts' agents told last. Confined to one task. */
final class TriggerCounts {
  private final WireCodec<AgentStatus> statuses;
  private final KeyValueStore<String, byte[]> agents;

  TriggerCounts(SchemaCatalog schemas, KeyValueStore<String, byte[]> agents) {
    this.statuses = new WireCodec<>(AgentStatus.class, schemas);
    this.agents = agents;
  }

  IdleTriggers of(DeviceKey device) {
    byte[] kept = agents.get(device.host());
    if (kept == null) {
      return IdleTriggers.UNCOUNTED;
    }
    return of(AgentStatusReader.kept(statuses.decode(kept)), device.bdf().text());
  }

  private static IdleTriggers of(AgentStatus status, String device) {
    if (status.getArmedIdleTotal() < 0) {
      return IdleTriggers.UNCOUNTED;
    }
    Map<Integer, Long> since = new HashMap<>();
    for (IdleVector idle : status.getArmedIdle()) {
      if (idle.getDevice().equals(device)) {
        since.put(idle.getVector(), ChronoUnit.MICROS.between(Instant.EPOCH, idle.getIdleSince()));
      }
    }
    return new IdleTriggers(true, since);
  }
}

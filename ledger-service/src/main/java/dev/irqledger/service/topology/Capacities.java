package dev.irqledger.service.topology;

import dev.irqledger.service.pressure.Capacity;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/** How large the hosts' pools are, by what their agents told last. Confined to one task. */
final class Capacities {
  private final WireCodec<AgentStatus> statuses;
  private final KeyValueStore<String, byte[]> agents;
  private final Map<String, Capacity> known = new HashMap<>();

  Capacities(SchemaCatalog schemas, KeyValueStore<String, byte[]> agents) {
    this.statuses = new WireCodec<>(AgentStatus.class, schemas);
    this.agents = agents;
  }

  Capacity of(String host) {
    return known.computeIfAbsent(host, this::read);
  }

  /** The host's agent told another one. */
  void changed(String host) {
    known.remove(host);
  }

  private Capacity read(String host) {
    byte[] status = agents.get(host);
    return status == null ? Capacity.UNKNOWN : AgentStatusReader.capacity(statuses.decode(status));
  }
}

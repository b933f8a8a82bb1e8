package dev.irqledger.service.topology;

import dev.irqledger.service.pressure.ArmedIdle;
import dev.irqledger.service.pressure.Capacity;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How large the hosts' pools are, and what of them does not fire, by what their agents told last.
 * Confined to one task.
 */
final class Capacities {
  private final WireCodec<AgentStatus> statuses;
  private final KeyValueStore<String, byte[]> agents;
  private final Map<String, Capacity> known = new HashMap<>();
  private final Map<String, ArmedIdle> idle = new HashMap<>();

  Capacities(SchemaCatalog schemas, KeyValueStore<String, byte[]> agents) {
    this.statuses = new WireCodec<>(AgentStatus.class, schemas);
    this.agents = agents;
  }

  Capacity of(String host) {
    return known.computeIfAbsent(host, this::read);
  }

  ArmedIdle idle(String host) {
    return idle.computeIfAbsent(host, this::readIdle);
  }

  /** The host's agent told something else. */
  void changed(String host) {
    known.remove(host);
    idle.remove(host);
  }

  private ArmedIdle readIdle(String host) {
    byte[] status = agents.get(host);
    return status == null
        ? ArmedIdle.UNKNOWN
        : ArmedIdle.of(AgentStatusReader.kept(statuses.decode(status)));
  }

  private Capacity read(String host) {
    byte[] status = agents.get(host);
    return status == null
        ? Capacity.UNKNOWN
        : Capacity.of(AgentStatusReader.kept(statuses.decode(status)));
  }
}

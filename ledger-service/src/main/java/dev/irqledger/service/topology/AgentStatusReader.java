package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.service.pressure.ArmedIdle;
import dev.irqledger.service.pressure.Capacity;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps each agent's latest sign of life, and tells when its host's capacity is another. */
final class AgentStatusReader implements Processor<byte[], byte[], byte[], Object> {
  private final SchemaCatalog schemas;
  private final WireCodec<AgentStatus> codec;
  private @Nullable ProcessorContext<byte[], Object> context;
  private @Nullable KeyValueStore<String, byte[]> store;
  private @Nullable SetAside setAside;

  AgentStatusReader(SchemaCatalog schemas) {
    this.schemas = schemas;
    this.codec = new WireCodec<>(AgentStatus.class, schemas);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> own) {
    context = own;
    store = own.getStateStore(LedgerTopology.AGENT_STATUSES);
    setAside = new SetAside(schemas, own);
  }

  @Override
  public void process(Record<byte[], byte[]> status) {
    byte[] key = status.key();
    byte[] value = status.value();
    String host = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    String objection = objection(host, value);
    if (objection != null) {
      Objects.requireNonNull(setAside).put(key, value, status.timestamp(), objection);
      return;
    }
    KeyValueStore<String, byte[]> kept = Objects.requireNonNull(store);
    boolean same = told(kept.get(host)).equals(told(value));
    if (value == null) {
      kept.delete(host);
    } else {
      kept.put(host, value);
    }
    if (!same) {
      HostInput changed = new HostInput.CapacityChanged(host);
      Objects.requireNonNull(context)
          .forward(new Record<>(key, changed, status.timestamp()), LedgerTopology.SUM_HOSTS);
    }
  }

  private @Nullable String objection(String host, byte @Nullable [] value) {
    if (!isHost(host)) {
      return "the key is no host's name";
    }
    if (value == null) {
      return null; // the topic is compacted: so a host is forgotten
    }
    if (!Room.holds(value)) {
      return "more than " + Room.MOST_BYTES + " bytes: too large to keep";
    }
    return switch (codec.decode(value)) {
      case Value<AgentStatus>(AgentStatus status) when status.getHost().equals(host) -> null;
      case Value<AgentStatus>(AgentStatus status) ->
          "the key is " + host + ", but the status is of " + status.getHost();
      case Undecodable<AgentStatus>(String reason) -> reason;
    };
  }

  /** A host's name is what stands before the slash of a device's key. */
  private static boolean isHost(String text) {
    try {
      return DeviceKey.parse(text + "/0000:00:00.0").host().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What of a sign of life shows in a host's pressure. */
  private record Told(Capacity capacity, ArmedIdle idle) {}

  private Told told(byte @Nullable [] status) {
    if (status == null) {
      return new Told(Capacity.UNKNOWN, ArmedIdle.UNKNOWN);
    }
    AgentStatus kept = kept(codec.decode(status));
    return new Told(Capacity.of(kept), ArmedIdle.of(kept));
  }

  static AgentStatus kept(Decoded<AgentStatus> kept) {
    return switch (kept) {
      case Value<AgentStatus>(AgentStatus status) -> status;
      case Undecodable<AgentStatus>(String reason) ->
          throw new IllegalStateException("a kept agent status cannot be read: " + reason);
    };
  }
}

package dev.irqledger.service.topology;

import dev.irqledger.service.pressure.Capacity;
import dev.irqledger.service.pressure.HostSums;
import dev.irqledger.service.pressure.PressureReport;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.HostPressure;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Writes the pressure on a host, as the stores have it. Confined to one task. */
final class PressurePublisher {
  private final WireCodec<AgentStatus> statuses;
  private final WireCodec<HostPressure> codec;
  private final ProcessorContext<byte[], byte[]> context;
  private final KeyValueStore<String, byte[]> agents;
  private final Holdings holdings;

  PressurePublisher(
      SchemaCatalog schemas, ProcessorContext<byte[], byte[]> context, Holdings holdings) {
    this.statuses = new WireCodec<>(AgentStatus.class, schemas);
    this.codec = new WireCodec<>(HostPressure.class, schemas);
    this.context = context;
    this.agents = context.getStateStore(LedgerTopology.AGENT_STATUSES);
    this.holdings = holdings;
  }

  void publish(String host, HostSums sums) {
    byte[] status = agents.get(host);
    Capacity capacity =
        status == null ? Capacity.UNKNOWN : AgentStatusReader.capacity(statuses.decode(status));
    HostPressure pressure = PressureReport.of(host, sums, capacity, holdings.biggest(host));
    context.forward(
        new Record<>(
            host.getBytes(StandardCharsets.UTF_8),
            codec.encode(pressure),
            sums.position().logTimeMs()),
        LedgerTopology.HOST_PRESSURE);
  }
}

package dev.irqledger.service.topology;

import dev.irqledger.service.pressure.HostSums;
import dev.irqledger.service.pressure.PressureReport;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.HostPressure;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes the pressure on a host, as the stores have it. Confined to one task. */
final class PressurePublisher {
  private final WireCodec<HostPressure> codec;
  private final ProcessorContext<byte[], byte[]> context;
  private final Capacities capacities;
  private final Holdings holdings;

  PressurePublisher(
      SchemaCatalog schemas,
      ProcessorContext<byte[], byte[]> context,
      Capacities capacities,
      Holdings holdings) {
    this.codec = new WireCodec<>(HostPressure.class, schemas);
    this.context = context;
    this.capacities = capacities;
    this.holdings = holdings;
  }

  void publish(String host, HostSums sums) {
    HostPressure pressure =
        PressureReport.of(
            host, sums, capacities.of(host), capacities.idle(host), holdings.holders(host));
    context.forward(
        new Record<>(
            host.getBytes(StandardCharsets.UTF_8),
            codec.encode(pressure),
            sums.position().logTimeMs()),
        LedgerTopology.HOST_PRESSURE);
  }
}

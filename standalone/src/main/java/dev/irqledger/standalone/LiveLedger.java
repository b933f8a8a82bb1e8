package dev.irqledger.standalone;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.fold.HostTotals;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.replay.Image;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.Findings;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.PoolKind;
import dev.irqledger.wire.avro.ViolationKind;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/** What the ledger service published of all devices and hosts, awaited up to a replayed image. */
final class LiveLedger implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TopicView<FoldedState> states;
  private final TopicView<dev.irqledger.wire.avro.Violation> findings;
  private final TopicView<HostPressure> pressure;

  LiveLedger(String bootstrapServers) {
    SchemaCatalog catalog = SchemaCatalog.releasedOnly();
    DeviceStateCodec stateCodec = new DeviceStateCodec(catalog);
    WireCodec<dev.irqledger.wire.avro.Violation> findingCodec =
        new WireCodec<>(dev.irqledger.wire.avro.Violation.class, catalog);
    WireCodec<HostPressure> pressureCodec = new WireCodec<>(HostPressure.class, catalog);
    this.states = new TopicView<>(bootstrapServers, Topic.DEVICE_STATE, stateCodec::decode);
    this.findings = new TopicView<>(bootstrapServers, Topic.VIOLATIONS, findingCodec::decode);
    this.pressure = new TopicView<>(bootstrapServers, Topic.HOST_PRESSURE, pressureCodec::decode);
  }

  /**
   * Waits until the service has published everything up to the image's records.
   *
   * @throws TimeoutException if it does not in half a minute
   */
  void awaitUpTo(Image image) throws TimeoutException {
    Map<String, Long> offsets = new TreeMap<>();
    Map<String, HostTotals> totals = new TreeMap<>();
    long[] breaches = {0};
    image
        .devices()
        .forEach((key, folded) -> {
          offsets.put(key.toString(), folded.position().offset());
          breaches[0] += folded.state().tally().violations();
          totals.merge(
              key.host(),
              HostTotals.ZERO.plus(DeviceState.unseen(key), folded.state()),
              (a, b) -> new HostTotals(a.vectors().plus(b.vectors()), 0, 0));
        });
    states.await(view -> reached(view.latest(), offsets), PATIENCE, "all devices");
    findings.await(_ -> violations().size() >= breaches[0], PATIENCE, "all violations");
    pressure.await(view -> matches(view.latest(), totals), PATIENCE, "all hosts");
  }

  private static boolean reached(Map<String, FoldedState> live, Map<String, Long> offsets) {
    return offsets.entrySet().stream()
        .allMatch(wanted -> {
          FoldedState state = live.get(wanted.getKey());
          return state != null && state.position().offset() >= wanted.getValue();
        });
  }

  private static boolean matches(Map<String, HostPressure> live, Map<String, HostTotals> totals) {
    return totals.entrySet().stream()
        .allMatch(wanted -> {
          HostPressure host = live.get(wanted.getKey());
          return host != null && irqs(host).equals(wanted.getValue().vectors());
        });
  }

  private static VectorCounts irqs(HostPressure host) {
    return host.getPools().stream()
        .filter(pool -> pool.getKind() == PoolKind.REMAPPING_ENTRIES)
        .map(pool -> new VectorCounts(pool.getArmed(), pool.getCached(), pool.getReserved()))
        .reduce(VectorCounts.ZERO, VectorCounts::plus);
  }

  /**
   * A device's latest state.
   *
   * @throws IllegalArgumentException if nothing was published of the device
   */
  FoldedState state(DeviceKey device) {
    FoldedState state = states.latest().get(device.toString());
    if (state == null) {
      throw new IllegalArgumentException("nothing was published of " + device);
    }
    return state;
  }

  /** The rules that were broken; what policies object to is none. */
  List<Violation> violations() {
    return findings.all().stream()
        .filter(finding -> finding.getKind() != ViolationKind.POLICY)
        .map(LiveLedger::violation)
        .toList();
  }

  private static Violation violation(dev.irqledger.wire.avro.Violation finding) {
    return switch (Findings.violation(finding)) {
      case Decoded.Value<Violation>(Violation violation) -> violation;
      case Decoded.Undecodable<Violation>(String reason) ->
          throw new IllegalStateException("finding " + finding.getId() + ": " + reason);
    };
  }

  Collection<HostPressure> pressure() {
    return pressure.latest().values();
  }

  @Override
  public void close() {
    states.close();
    findings.close();
    pressure.close();
  }
}

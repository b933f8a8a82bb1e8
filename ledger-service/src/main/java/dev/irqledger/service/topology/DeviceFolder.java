package dev.irqledger.service.topology;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.Findings;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.WireCodec;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Folds each event into the state of its device. All that is decided here is what goes where: the
 * rules are the core's.
 */
final class DeviceFolder implements Processor<byte[], SealedEvent, byte[], Object> {
  private final SchemaCatalog schemas;
  private final DeviceStateCodec states;
  private final WireCodec<dev.irqledger.wire.avro.Violation> findings;
  private @Nullable ProcessorContext<byte[], Object> context;
  private @Nullable KeyValueStore<String, byte[]> store;
  private @Nullable SetAside setAside;

  DeviceFolder(SchemaCatalog schemas) {
    this.schemas = schemas;
    this.states = new DeviceStateCodec(schemas);
    this.findings = new WireCodec<>(dev.irqledger.wire.avro.Violation.class, schemas);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> own) {
    context = own;
    store = own.getStateStore(LedgerTopology.DEVICE_STATES);
    setAside = new SetAside(schemas, own);
  }

  @Override
  public void process(Record<byte[], SealedEvent> sealed) {
    InterruptEvent event = sealed.value().event();
    KeyValueStore<String, byte[]> kept = Objects.requireNonNull(store);
    String key = sealed.value().key();
    DeviceState before = before(event, kept.get(key));
    Folded folded = Ledger.fold(before, event);
    LogPosition position = Provenance.position(Objects.requireNonNull(context), sealed.timestamp());
    byte[] state = encode(new FoldedState(folded.state(), position));
    if (state == null) {
      setAside(sealed);
      return;
    }
    kept.put(key, state);
    forward(sealed, state, LedgerTopology.DEVICE_STATE);
    for (Violation violation : folded.violations()) {
      byte[] finding = findings.encode(Findings.of(violation, position));
      forward(sealed, finding, LedgerTopology.VIOLATIONS);
    }
    String vm = folded.applied() ? event.actor().vm() : null;
    HostInput moved = new HostInput.DeviceMoved(before, folded.state(), vm, position);
    forward(sealed, moved, LedgerTopology.SUM_HOSTS);
  }

  private DeviceState before(InterruptEvent event, byte @Nullable [] kept) {
    if (kept == null) {
      return DeviceState.unseen(event.device());
    }
    return switch (states.decode(kept)) {
      case Value<FoldedState>(FoldedState folded) -> folded.state();
      case Undecodable<FoldedState>(String reason) ->
          throw new IllegalStateException(
              "the kept state of " + event.device() + " cannot be read: " + reason);
    };
  }

  /** Null where the state takes more than the log can carry. */
  private byte @Nullable [] encode(FoldedState folded) {
    try {
      byte[] bytes = states.encode(folded);
      return Room.holds(bytes) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void setAside(Record<byte[], SealedEvent> sealed) {
    Objects.requireNonNull(setAside)
        .put(
            sealed.key(),
            sealed.value().bytes(),
            sealed.timestamp(),
            "with it, the state of its device would take more than "
                + Room.MOST_BYTES
                + " bytes: too large for the log");
  }

  /** Each result carries the log time of its event, and none of the headers. */
  private void forward(Record<byte[], SealedEvent> cause, Object value, String to) {
    Objects.requireNonNull(context)
        .forward(new Record<>(cause.key(), value, cause.timestamp()), to);
  }
}

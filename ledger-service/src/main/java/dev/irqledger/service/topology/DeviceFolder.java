package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.Findings;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Folds each event into the state of its device, and publishes the states that changed from time to
 * time: a burst of events on a device of many vectors costs one large record. All that is decided
 * here is what goes where: the rules are the core's.
 */
final class DeviceFolder implements Processor<byte[], SealedEvent, byte[], Object> {
  private final SchemaCatalog schemas;
  private final Duration interval;
  private final WireCodec<dev.irqledger.wire.avro.Violation> findings;
  private @Nullable ProcessorContext<byte[], Object> context;
  private @Nullable KeptStates states;
  private @Nullable UnpublishedStates unpublished;
  private @Nullable SetAside setAside;
  private @Nullable Cancellable publishing;

  /**
   * @param interval how long changes of a device are gathered before its state is published
   */
  DeviceFolder(SchemaCatalog schemas, Duration interval) {
    this.schemas = schemas;
    this.interval = interval;
    this.findings = new WireCodec<>(dev.irqledger.wire.avro.Violation.class, schemas);
  }

  /**
   * Also called again on the same object, with a store that was put back, when a task is revived:
   * nothing remembered from before may be trusted.
   */
  @Override
  public void init(ProcessorContext<byte[], Object> own) {
    context = own;
    KeptStates kept = new KeptStates(schemas, own.getStateStore(LedgerTopology.DEVICE_STATES));
    UnpublishedStates marks = new UnpublishedStates(own.getStateStore(LedgerTopology.UNPUBLISHED));
    WriteBehind behind = own.getStateStore(LedgerTopology.WRITE_BEHIND);
    behind.add(LedgerTopology.DEVICE_STATES, kept::write);
    behind.add(LedgerTopology.UNPUBLISHED, marks::write);
    states = kept;
    unpublished = marks;
    setAside = new SetAside(schemas, own);
    publishing = own.schedule(interval, PunctuationType.WALL_CLOCK_TIME, _ -> publish());
  }

  @Override
  public void close() {
    if (publishing != null) {
      publishing.cancel();
    }
  }

  @Override
  public void process(Record<byte[], SealedEvent> sealed) {
    InterruptEvent event = sealed.value().event();
    KeptStates kept = Objects.requireNonNull(states);
    DeviceState before = kept.of(event.device()).state();
    Folded folded = Ledger.fold(before, event);
    LogPosition position = Provenance.position(Objects.requireNonNull(context), sealed.timestamp());
    if (!kept.put(new FoldedState(folded.state(), position), sealed.value().bytes().length)) {
      setAside(sealed);
      return;
    }
    Objects.requireNonNull(unpublished).add(event.device());
    for (Violation violation : folded.violations()) {
      byte[] finding = findings.encode(Findings.of(violation, position));
      forward(sealed, finding, LedgerTopology.VIOLATIONS);
    }
    String vm = folded.applied() ? event.actor().vm() : null;
    HostInput moved = new HostInput.DeviceMoved(event, before, folded.state(), vm, position);
    forward(sealed, moved, LedgerTopology.SUM_HOSTS);
  }

  private void setAside(Record<byte[], SealedEvent> sealed) {
    Objects.requireNonNull(setAside)
        .put(
            sealed.key(),
            sealed.value().bytes(),
            sealed.timestamp(),
            "with it, the state of its device might take more than "
                + Room.MOST_BYTES
                + " bytes: too large for the log");
  }

  /** Each result carries the log time of its event, and none of the headers. */
  private void forward(Record<byte[], SealedEvent> cause, Object value, String to) {
    Objects.requireNonNull(context)
        .forward(new Record<>(cause.key(), value, cause.timestamp()), to);
  }

  /** Whatever was folded before is published now: a reader finds all devices at one position. */
  private void publish() {
    KeptStates kept = Objects.requireNonNull(states);
    for (DeviceKey device : Objects.requireNonNull(unpublished).takeAll()) {
      Objects.requireNonNull(context)
          .forward(
              new Record<>(
                  device.toString().getBytes(StandardCharsets.UTF_8),
                  (Object) kept.record(device),
                  kept.of(device).position().logTimeMs()),
              LedgerTopology.DEVICE_STATE);
    }
  }
}

package dev.irqledger.fuzzing.targets;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.fuzzing.seed.RecordedEvents;
import dev.irqledger.fuzzing.seed.SchemaRecords;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.WireSchema;
import java.util.stream.Stream;

/**
 * The values of {@code irq.events}. Any bytes are an event or a reason; an event that is written
 * again is the same; it can be folded into a device that nobody knows and into one that was used,
 * and the state that it gives can be kept.
 */
final class EventTarget implements Target {
  private final EventCodec codec = EventCodec.releasedOnly();
  private final DeviceStateCodec states = new DeviceStateCodec(SchemaCatalog.releasedOnly());

  @Override
  public void check(byte[] input) {
    switch (codec.decode(input)) {
      case Undecodable<InterruptEvent>(String reason) ->
          Broken.unless(!reason.isBlank(), "a reason says something");
      case Value<InterruptEvent>(InterruptEvent event) -> {
        SealedEvent again = codec.encode(event);
        Broken.unlessEqual(
            new Value<>(event.hashed(again.event().hash())),
            codec.decode(again.bytes()),
            "an event that is written again");
        fold(DeviceState.unseen(event.device()), event);
        fold(RecordedEvents.used(event.device()), event);
      }
    }
  }

  private void fold(DeviceState before, InterruptEvent event) {
    Folded folded = Ledger.fold(before, event);
    Broken.unless(folded.changes().size() >= folded.signals().size(), "signals are changes");
    FoldedState state = new FoldedState(folded.state(), new LogPosition(0, 1, 2));
    Broken.unlessEqual(
        new Value<>(state), states.decode(states.encode(state)), "a state that is kept");
    if (folded.applied()) {
      Broken.unless(
          !Ledger.fold(folded.state(), event).applied(), "an event that comes again does nothing");
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.concat(
        RecordedEvents.sealed().map(SealedEvent::bytes),
        SchemaRecords.of(WireSchema.INTERRUPT_EVENT));
  }
}

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
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireSchema;
import java.util.stream.Stream;

/**
 * The values of {@code irq.device-state}. Any bytes are a state or a reason; a state that is
 * written again is the same; and events can be folded into it.
 */
final class DeviceStateTarget implements Target {
  private final DeviceStateCodec codec = new DeviceStateCodec(SchemaCatalog.releasedOnly());

  @Override
  public void check(byte[] input) {
    switch (codec.decode(input)) {
      case Undecodable<FoldedState>(String reason) ->
          Broken.unless(!reason.isBlank(), "a reason says something");
      case Value<FoldedState>(FoldedState state) -> {
        Broken.unlessEqual(
            new Value<>(state), codec.decode(codec.encode(state)), "a state that is written again");
        fold(state.state());
      }
    }
  }

  private static void fold(DeviceState before) {
    DeviceState state = before;
    for (InterruptEvent event : RecordedEvents.of(before.key(), before.head())) {
      Folded folded = Ledger.fold(state, event);
      Broken.unless(folded.changes().size() >= folded.signals().size(), "signals are changes");
      state = folded.state();
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.concat(
        RecordedEvents.states().map(s -> codec.encode(new FoldedState(s, LogPosition.START))),
        SchemaRecords.of(WireSchema.DEVICE_STATE));
  }
}

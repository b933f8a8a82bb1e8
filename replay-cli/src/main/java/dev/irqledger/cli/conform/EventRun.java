package dev.irqledger.cli.conform;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.recordings.Operation;
import dev.irqledger.recordings.TraceStep;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventIds;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import org.jspecify.annotations.Nullable;

/** One trace through events and fold: each operation is sealed, encoded, decoded and folded. */
final class EventRun {
  private final DeviceKey device;
  private final boolean blind;
  private final EventCodec codec = EventCodec.releasedOnly();
  private final EventSealer sealer = new EventSealer(codec, 1, "", KnownHeads.FIRST_EPOCH);
  private DeviceState state;
  private long operations;

  /**
   * @param blind whether the events are to tell arguments and results alone, as those of an
   *     observed call do, and not what the kernel showed after it
   */
  EventRun(String host, Bdf bdf, boolean blind) {
    this.device = new DeviceKey(host, bdf);
    this.blind = blind;
    this.state = DeviceState.unseen(device);
  }

  /** The first difference after that operation, in words; null where there is none. */
  @Nullable String next(TraceStep step, Operation operation) {
    EventBody body = blind ? withoutView(operation.body()) : operation.body();
    SealedEvent sealed =
        sealer.seal(
            EventIds.imported(new byte[0], operations++),
            device,
            Source.IMPORTED,
            operation.actor(),
            operation.hostTimeMicros(),
            body);
    return switch (codec.decode(sealed.bytes())) {
      case Decoded.Undecodable<InterruptEvent>(String reason) -> "its event: " + reason;
      case Decoded.Value<InterruptEvent>(InterruptEvent event) -> fold(step, event);
    };
  }

  Interrupts interrupts() {
    return state.interrupts();
  }

  private @Nullable String fold(TraceStep step, InterruptEvent event) {
    Folded folded = Ledger.fold(state, event);
    state = folded.state();
    if (!folded.violations().isEmpty()) {
      Violation first = folded.violations().get(0);
      return first.rule() + " expects " + first.expected() + ", reported is " + first.reported();
    }
    if (state.uncertain()) {
      return null; // it says itself that it does not know
    }
    String difference = StepComparison.interrupts(step, state.interrupts(), !blind);
    return difference == null ? StepComparison.signals(step, folded.changes()) : difference;
  }

  private static EventBody withoutView(EventBody body) {
    return switch (body) {
      case InterruptsSet set ->
          new InterruptsSet(set.call(), set.result(), set.latencyNanos(), null);
      case DeviceReset reset -> new DeviceReset(reset.result(), reset.latencyNanos(), null);
      case DeviceReleased released -> new DeviceReleased(released.cause(), null);
      default -> body;
    };
  }
}

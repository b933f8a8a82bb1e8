package dev.irqledger.benchmarks.peers;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import org.jspecify.annotations.Nullable;

/**
 * What every contestant does with an event's bytes: decode, with the hash, and fold.
 *
 * @param events how many events were folded
 * @param violations how many violations they brought
 */
record Tally(long events, long violations) {
  static final Tally NONE = new Tally(0, 0);

  /** A codec serves one thread at a time, and keeps large tables: one for each thread. */
  private static final ThreadLocal<EventCodec> CODEC =
      ThreadLocal.withInitial(EventCodec::releasedOnly);

  static Folded fold(@Nullable DeviceState state, byte[] bytes) {
    return switch (CODEC.get().decode(bytes)) {
      case Decoded.Value<InterruptEvent>(InterruptEvent event) ->
          Ledger.fold(state == null ? DeviceState.unseen(event.device()) : state, event);
      case Decoded.Undecodable<InterruptEvent>(String reason) ->
          throw new IllegalArgumentException(reason);
    };
  }

  Tally plus(Tally other) {
    return new Tally(events + other.events, violations + other.violations);
  }
}

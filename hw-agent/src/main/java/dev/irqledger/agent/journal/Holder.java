package dev.irqledger.agent.journal;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;

/** Who has a device open, as far as its events tell. */
enum Holder {
  NOBODY,
  THE_AGENT,
  SOMEBODY_ELSE;

  static Holder after(InterruptEvent event, Holder before) {
    return switch (event.body()) {
      case DeviceOpened _ -> event.source() == Source.AGENT_CALL ? THE_AGENT : SOMEBODY_ELSE;
      case DeviceReleased _ -> NOBODY;
      case InterruptsSet _, DeviceReset _ ->
          event.source() == Source.AGENT_CALL ? before : SOMEBODY_ELSE;
      case StateObserved(var view) -> {
        boolean used = view.mode() != InterruptMode.NONE || !view.allocated().isEmpty();
        yield before == NOBODY && used ? SOMEBODY_ELSE : before;
      }
      case CommandRefused _ -> before;
    };
  }
}

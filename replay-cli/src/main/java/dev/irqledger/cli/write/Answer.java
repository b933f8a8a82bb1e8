package dev.irqledger.cli.write;

import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.StateObserved;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The event that answers a command.
 *
 * @param place where it stands in {@code irq.events}
 */
record Answer(Place place, InterruptEvent event) {
  Standing standing() {
    return switch (event.body()) {
      case CommandRefused _ -> Standing.REFUSED;
      case InterruptsSet set -> of(set.result());
      case DeviceReset reset -> of(reset.result());
      case DeviceOpened _, DeviceReleased _, StateObserved _ -> Standing.DONE;
    };
  }

  private static Standing of(OptionalInt result) {
    return result.isPresent() && result.getAsInt() == 0 ? Standing.DONE : Standing.FAILED;
  }

  /** What the call returned; empty where there was none, or nobody saw. */
  OptionalInt result() {
    return switch (event.body()) {
      case InterruptsSet set -> set.result();
      case DeviceReset reset -> reset.result();
      case DeviceOpened _, DeviceReleased _, StateObserved _, CommandRefused _ ->
          OptionalInt.empty();
    };
  }

  /** Why it was refused; null where it was not. */
  @Nullable String reason() {
    return event.body() instanceof CommandRefused(String reason) ? reason : null;
  }

  /** What the kernel showed afterwards; null where nobody looked. */
  @Nullable KernelView view() {
    EventBody body = event.body();
    return switch (body) {
      case InterruptsSet set -> set.after();
      case DeviceReset reset -> reset.after();
      case DeviceReleased released -> released.after();
      case StateObserved observed -> observed.view();
      case DeviceOpened _, CommandRefused _ -> null;
    };
  }
}
